/// When a unit that does not answer is asked again, so that its time-outs do not starve the others on the line.
///
/// After each failure the pause doubles: 1 s, 2 s, 4 s … 60 s. One answer ends it. Times count from any fixed moment.
public struct UnitBackOff: Hashable, Sendable {
    /// Failures in a row.
    public private(set) var failures = 0
    /// When the next probe may go out; nil: the unit answers.
    public private(set) var nextProbe: Duration?

    /// Makes it for a unit of which nothing is known.
    public init() {}

    /// Whether the unit is only probed.
    public var isProbing: Bool { nextProbe != nil }

    /// Whether a request may go out at `now`.
    public func mayAsk(at now: Duration) -> Bool { nextProbe.map { now >= $0 } ?? true }

    /// The unit did not answer, retries included.
    public mutating func failed(at now: Duration) {
        nextProbe = now + Self.pause(after: failures + 1)
        failures += 1
    }

    /// The unit answered, be it with an exception.
    public mutating func answered() {
        failures = 0
        nextProbe = nil
    }

    /// The pause after the given number of failures in a row: 1 s doubled, at most 60 s.
    public static func pause(after failures: Int) -> Duration {
        failures < 1 ? .zero : .seconds(min(1 << min(failures - 1, 6), 60))
    }
}
