/// A message that could not be delivered and is kept.
public struct UndeliveredMessage: Hashable, Sendable {
    /// Its number.
    public let id: Int64
    /// What it is.
    public let kind: MessageKind
    /// Whose queue it was in.
    public let backend: Backend
    /// The local id of its transaction; nil for a stop that belongs to none, which cannot be sent again.
    public let transaction: Int?
    /// The connector the backend sees.
    public let connector: Int
    /// The bytes.
    public let payload: [UInt8]
    /// When it was queued first.
    public let queuedAt: WallTime
    /// Since when it is here.
    public let since: WallTime
    /// Why, for people.
    public let reason: String

    init(_ row: Row) throws(StorageError) {
        id = try row.integer("id")
        kind = MessageKind(rawValue: try row.text("kind")) ?? .stop
        backend = Backend(url: try row.text("backend"), chargePoint: try row.text("charge_point"))
        transaction = try row.optionalInteger("transaction_id")
        connector = Int(try row.integer("connector"))
        payload = try row.blob("payload")
        queuedAt = try row.time("queued_at")
        since = try row.time("undelivered_since")
        reason = try row.text("undelivered_reason")
    }
}
