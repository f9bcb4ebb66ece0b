/// The pauses a unit needs, from the last byte of an answer to the first of the next request.
public struct RequestGaps: Hashable, Sendable {
    /// Between two requests to this unit.
    public var between: Duration
    /// On the line after traffic with another unit.
    public var neighbour: Duration
    /// Between two writes to this unit.
    public var writes: Duration
    /// After the connection was made.
    public var afterConnect: Duration
    /// After a write to this unit.
    public var afterWrite: Duration

    /// Makes gaps; all default to none.
    public init(
        between: Duration = .zero, neighbour: Duration = .zero, writes: Duration = .zero,
        afterConnect: Duration = .zero, afterWrite: Duration = .zero
    ) {
        self.between = between
        self.neighbour = neighbour
        self.writes = writes
        self.afterConnect = afterConnect
        self.afterWrite = afterWrite
    }
}
