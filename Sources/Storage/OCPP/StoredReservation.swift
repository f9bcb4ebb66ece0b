/// A reservation (ReserveNow, OCPP 1.6, 6.39).
public struct StoredReservation: Hashable, Sendable {
    /// The backend's id for it.
    public let id: Int
    /// The connector; 0 for any.
    public let connector: Int
    /// Who may use it.
    public let idTag: String
    /// The group that may use it; nil for none.
    public let parent: String?
    /// When it ends by itself.
    public let expiresAt: WallTime

    /// A reservation.
    public init(id: Int, connector: Int, idTag: String, parent: String?, expiresAt: WallTime) {
        self.id = id
        self.connector = connector
        self.idTag = idTag
        self.parent = parent
        self.expiresAt = expiresAt
    }

    init(_ row: Row) throws(StorageError) {
        id = Int(try row.integer("id"))
        connector = Int(try row.integer("connector"))
        idTag = try row.text("id_tag")
        parent = try row.optionalText("parent")
        expiresAt = try row.time("expires_at")
    }
}
