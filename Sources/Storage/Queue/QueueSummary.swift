/// One queue at a glance.
public struct QueueSummary: Hashable, Sendable {
    /// To whom its messages go.
    public let backend: Backend
    /// How many wait.
    public let waiting: Int
    /// How many could not be delivered.
    public let undelivered: Int
    /// When the first of those that wait was stored; nil when none waits.
    public let oldest: WallTime?

    init(_ row: Row) throws(StorageError) {
        backend = Backend(url: try row.text("backend"), chargePoint: try row.text("charge_point"))
        undelivered = Int(try row.integer("undelivered"))
        waiting = Int(try row.integer("messages")) - undelivered
        oldest = try row.optionalTime("oldest")
    }
}
