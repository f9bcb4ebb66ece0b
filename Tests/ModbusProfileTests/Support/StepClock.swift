import DriverAPI
import Synchronization

/// A clock for one sequence: sleeping moves the time at once.
final class StepClock: SiteClock {
    private let time = Mutex(MonotonicTime.zero)

    var now: MonotonicTime { time.withLock { $0 } }
    var minimumResolution: Duration { .nanoseconds(1) }

    func sleep(until deadline: MonotonicTime, tolerance: Duration?) async throws {
        time.withLock { $0 = max($0, deadline) }
    }

    func advance(by duration: Duration) { time.withLock { $0 = $0.advanced(by: duration) } }
}
