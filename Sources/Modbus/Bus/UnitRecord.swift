import DriverAPI

/// The running figures of one unit.
struct UnitRecord: Sendable {
    private static let window = 64

    private var counts = BusStatistics.Unit()
    private var average: Int64 = 0
    private var latencies: [Int64] = []
    private var next = 0

    /// When the last frame left.
    var lastFrame: MonotonicTime? { counts.lastFrame }

    /// What an exchange is expected to take: the average, and a quarter for what varies; nil before the first.
    var expected: Duration? { latencies.isEmpty ? nil : .nanoseconds(average + average / 4) }

    /// A frame left.
    mutating func noteSent(_ now: MonotonicTime, bytes: Int) {
        counts.requests += 1
        counts.bytesSent += bytes
        counts.lastFrame = now
    }

    /// A request ended; `latency` where an answer came.
    mutating func noteEnd(_ failure: LinkError?, latency: Duration?, bytes: Int) {
        counts.bytesReceived += bytes
        switch failure {
        case nil: break
        case .exception: counts.exceptions += 1
        case .timeout: counts.timeouts += 1
        case .garbled: counts.garbled += 1
        default: counts.broken += 1
        }
        guard let nanoseconds = latency?.wholeNanoseconds else { return }
        average = latencies.isEmpty ? nanoseconds : average + (nanoseconds - average) / 8
        if latencies.count < UnitRecord.window {
            latencies.append(nanoseconds)
        } else {
            latencies[next] = nanoseconds
            next = (next + 1) % UnitRecord.window
        }
    }

    /// The figures.
    var snapshot: BusStatistics.Unit {
        var figures = counts
        guard !latencies.isEmpty else { return figures }
        let sorted = latencies.sorted()
        figures.averageLatency = .nanoseconds(average)
        figures.latency95 = .nanoseconds(sorted[(sorted.count * 95 + 99) / 100 - 1])
        return figures
    }
}
