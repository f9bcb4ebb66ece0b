/// One charging session for the books: of a box with or without a backend.
public struct ChargingSession: Hashable, Sendable {
    /// Its number; rises, never used twice.
    public let id: Int64
    /// The box's id in the site file.
    public let box: String
    /// Its OCPP connector; nil on a site without OCPP.
    public let connector: Int?
    /// The card or tag; nil where charging is free.
    public let card: String?
    /// When it began.
    public let startedAt: WallTime
    /// When it ended; nil while it lasts.
    public let endedAt: WallTime?
    /// The energy in Wh; nil while it lasts.
    public let energy: Int?
    /// Why it ended (OCPP 1.6, 7.36); nil for Local.
    public let reason: String?
    /// The local id of its transaction; nil without OCPP.
    public let transaction: Int?

    init(_ row: Row) throws(StorageError) {
        id = try row.integer("id")
        box = try row.text("box")
        connector = try row.optionalInteger("connector")
        card = try row.optionalText("card")
        startedAt = try row.time("started_at")
        endedAt = try row.optionalTime("ended_at")
        let start = Int(try row.integer("meter_start"))
        energy = try row.optionalInteger("meter_end").map { $0 - start }
        reason = try row.optionalText("reason")
        transaction = try row.optionalInteger("transaction_id")
    }
}
