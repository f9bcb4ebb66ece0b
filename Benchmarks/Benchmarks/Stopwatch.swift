import DriverAPI
import Glibc

/// Measures so that what else the machine does counts as little as possible.
enum Stopwatch {
    /// Seconds that one call of `body` takes.
    static func seconds(_ body: () async throws -> Void) async rethrows -> Double {
        let clock = SystemClock()
        let start = clock.now
        try await body()
        return start.duration(to: clock.now).inSeconds
    }

    /// Seconds of processor time that one call of `body` takes, which waits for nothing: a busy machine counts little.
    static func processorSeconds(_ body: () throws -> Void) rethrows -> Double {
        let start = processorTime
        try body()
        return processorTime - start
    }

    /// The least processor time of `rounds` calls, in seconds.
    static func leastProcessorSeconds(of rounds: Int, _ body: () throws -> Void) rethrows -> Double {
        var best = Double.infinity
        for _ in 0..<rounds { best = min(best, try processorSeconds(body)) }
        return best
    }

    private static var processorTime: Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// The shortest of `rounds` calls of each, taken in turns; both bodies say how many seconds they took.
    static func shortest(
        of rounds: Int, ours: () async throws -> Double, baseline: () async throws -> Double
    ) async rethrows -> (ours: Double, baseline: Double) {
        var best = (ours: Double.infinity, baseline: Double.infinity)
        for _ in 0..<rounds {
            best.ours = min(best.ours, try await ours())
            best.baseline = min(best.baseline, try await baseline())
        }
        return best
    }
}
