/// A moment as a station sees it: on a clock that never jumps, and on the machine's clock.
public struct StationTime: Sendable, Hashable {
    /// Time since any fixed moment, on a clock that never jumps; all intervals are counted on it.
    public let elapsed: Duration
    /// The machine's clock in UTC.
    public let wall: Timestamp
    /// Whether the machine's clock was ever set; if not, `wall` goes on from the last moment that was stored.
    public let isSet: Bool

    /// A moment.
    public init(elapsed: Duration, wall: Timestamp, isSet: Bool = true) {
        self.elapsed = elapsed
        self.wall = wall
        self.isSet = isSet
    }
}
