/// How long one unit takes to begin its answer, measured: what the planner and the time limit need.
///
/// A sample is the turnaround alone: from the last byte of the request to the first of the answer, host latency
/// included, the time of the bytes on the wire not.
public struct AnswerLatency: Hashable, Sendable, Codable {
    /// The moving average; the hint counts as the first sample, later ones weigh at least 1/16.
    public var average: Duration { .nanoseconds(averageTime) }
    /// The latency that the plan in force was made with.
    public var planned: Duration { .nanoseconds(plannedTime) }

    // Nanoseconds, since every answer is counted here and arithmetic on durations is of 128 bits.
    private var averageTime: Int64
    private var plannedTime: Int64
    /// The newest answers, at most 64, and waits that ended without one.
    private var samples: [Int64] = []
    private var oldest = 0
    private var answers = 0
    /// How many answers in a row the average has been away from the planned latency.
    private var moved = 0

    private static let window = 64
    /// Answers before the 95th percentile is trusted for a time limit.
    private static let trusted = 8
    /// Answers in a row for which the average must have moved; keeps plans from flapping.
    private static let steady = 8
    /// A smaller move than this is not worth a new plan.
    private static let noise: Int64 = 1_000_000

    /// Starts with the profile's hint.
    public init(hint: Duration) {
        averageTime = max(hint.nanoseconds, 0)
        plannedTime = averageTime
    }

    /// Takes the turnaround of one answer; true: plan again with `average`, which `planned` is now.
    ///
    /// That is so when the average has been off the planned latency by more than 30 % and 1 ms for 8 answers in a row.
    @discardableResult
    public mutating func record(_ turnaround: Duration) -> Bool {
        let time = max(turnaround.nanoseconds, 0)
        keep(time)
        answers = min(answers + 1, Self.window)
        averageTime += (time - averageTime) / Int64(min(answers + 1, 16))
        let distance = abs(averageTime - plannedTime)
        moved = distance * 10 > plannedTime * 3 && distance > Self.noise ? moved + 1 : 0
        guard moved >= Self.steady else { return false }
        plannedTime = averageTime
        moved = 0
        return true
    }

    /// Takes a whole transaction: what the bytes of `request` and its answer take on `line` is deducted.
    @discardableResult
    public mutating func record(elapsed: Duration, for request: ReadRequest, on line: LineTiming) -> Bool {
        record(elapsed - line.time(reading: Int(request.count), of: request.table, latency: .zero))
    }

    /// Takes a wait without an answer: the limit grows if it was too short for this unit, the average stays.
    public mutating func recordTimeout(after wait: Duration) {
        keep(max(wait.nanoseconds, 0))
    }

    /// The 95th percentile of the last 64 samples by nearest rank; nil before the first.
    public var percentile95: Duration? {
        // Of 64 samples only the 4 largest matter, so they are not sorted.
        let wanted = samples.count - (samples.count * 95 + 99) / 100 + 1
        var largest: [Int64] = []
        largest.reserveCapacity(wanted + 1)
        for sample in samples {
            if largest.count == wanted, let least = largest.last, sample <= least { continue }
            largest.insert(sample, at: largest.firstIndex { $0 < sample } ?? largest.endIndex)
            if largest.count > wanted { largest.removeLast() }
        }
        return largest.last.map(Duration.nanoseconds)
    }

    /// How long to wait for an answer to begin: 4 × the 95th percentile, at least 100 ms, at most the profile's
    /// `timeout`; that one alone until 8 answers have come.
    public func timeout(atMost limit: Duration) -> Duration {
        guard answers >= Self.trusted, let percentile95 else { return limit }
        return min(max(percentile95 * 4, .milliseconds(100)), limit)
    }

    /// How long to wait for the whole answer to `request`: `timeout(atMost:)` and the time of the bytes on `line`.
    public func timeout(of request: ReadRequest, on line: LineTiming, atMost limit: Duration) -> Duration {
        timeout(atMost: limit) + line.time(reading: Int(request.count), of: request.table, latency: .zero)
    }

    private mutating func keep(_ sample: Int64) {
        if samples.count < Self.window {
            samples.append(sample)
        } else {
            samples[oldest] = sample
            oldest = (oldest + 1) % Self.window
        }
    }
}
