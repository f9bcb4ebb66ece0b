/// A message that waits for its backend, with what must be put in before it is sent.
public struct QueuedMessage: Hashable, Sendable {
    /// Its place; rises along the queue, never used twice.
    public let id: Int64
    /// What it is.
    public let kind: MessageKind
    /// The local id of its transaction; nil for a stop that belongs to none.
    public let transaction: Int?
    /// The backend's id for it, which replaces the local one when the message is sent; nil for a start.
    public let backendID: Int?
    /// The connector the backend sees.
    public let connector: Int
    /// The bytes that were stored, the same at every repeat.
    public let payload: [UInt8]
    /// When it was stored.
    public let queuedAt: WallTime
    /// The attempts it has used up.
    public let counts: AttemptCounts

    init(_ row: Row) throws(StorageError) {
        id = try row.integer("id")
        let name = try row.text("kind")
        guard let kind = MessageKind(rawValue: name) else {
            throw .unexpectedValue(path: row.path, place: "message \(id)", detail: "'\(name)' is no kind of message")
        }
        self.kind = kind
        transaction = try row.optionalInteger("transaction_id")
        backendID = try row.optionalInteger("backend_id")
        connector = Int(try row.integer("connector"))
        payload = try row.blob("payload")
        queuedAt = try row.time("queued_at")
        counts = AttemptCounts(attempts: Int(try row.integer("attempts")), closes: Int(try row.integer("closes")))
    }
}
