/// What is known about a tag (IdTagInfo, OCPP 1.6, 7.27). Tags are compared without regard to case.
public struct StoredAuthorisation: Hashable, Sendable {
    /// The tag.
    public let idTag: String
    /// Accepted, Blocked, Expired, Invalid or ConcurrentTx.
    public let status: String
    /// The tag of its group; nil without one.
    public let parent: String?
    /// Until when it counts; nil for always.
    public let expiresAt: WallTime?

    /// What is known about a tag.
    public init(idTag: String, status: String, parent: String? = nil, expiresAt: WallTime? = nil) {
        self.idTag = idTag
        self.status = status
        self.parent = parent
        self.expiresAt = expiresAt
    }

    init(_ row: Row) throws(StorageError) {
        idTag = try row.text("id_tag")
        status = try row.text("status")
        parent = try row.optionalText("parent")
        expiresAt = try row.optionalTime("expires_at")
    }

    /// Tag, status, parent and expiry, in this order.
    var values: [SQLValue] {
        [.text(idTag), .text(status), .textOrNull(parent), expiresAt.map { .time($0) } ?? .null]
    }
}
