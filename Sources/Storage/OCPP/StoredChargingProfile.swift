/// A charging profile as the backend set it (OCPP 1.6, 7.8).
public struct StoredChargingProfile: Hashable, Sendable {
    /// The backend's id for it.
    public let id: Int
    /// The connector it was set for; 0 for the station.
    public let connector: Int
    /// ChargePointMaxProfile, TxDefaultProfile or TxProfile.
    public let purpose: String
    /// The higher one counts first.
    public let stackLevel: Int
    /// The local id of its transaction; nil for one of none.
    public let transaction: Int?
    /// The whole profile in JSON, as it came.
    public let profile: [UInt8]
    /// When it came.
    public let storedAt: WallTime

    /// A profile.
    public init(
        id: Int, connector: Int, purpose: String, stackLevel: Int, transaction: Int?, profile: [UInt8],
        storedAt: WallTime
    ) {
        self.id = id
        self.connector = connector
        self.purpose = purpose
        self.stackLevel = stackLevel
        self.transaction = transaction
        self.profile = profile
        self.storedAt = storedAt
    }

    init(_ row: Row) throws(StorageError) {
        id = Int(try row.integer("id"))
        connector = Int(try row.integer("connector"))
        purpose = try row.text("purpose")
        stackLevel = Int(try row.integer("stack_level"))
        transaction = try row.optionalInteger("transaction_id")
        profile = try row.blob("profile")
        storedAt = try row.time("stored_at")
    }
}
