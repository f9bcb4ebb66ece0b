/// What the loop as a whole may hold.
public struct NetworkLimits: Hashable, Sendable {
    /// Connections of all listeners together; 1 to 60000. A further one is answered with 503 and closed.
    public var connections: Int

    /// Makes limits; the connections are brought into their range.
    public init(connections: Int = 2000) {
        self.connections = min(max(connections, 1), 60000)
    }
}
