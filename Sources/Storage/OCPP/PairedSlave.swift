/// A box that may connect to this host by OCPP.
public struct PairedSlave: Hashable, Sendable {
    /// Its ChargePointID, not percent-encoded.
    public let chargePoint: String
    /// The box's id in the site file.
    public let box: String
    /// What it said of itself when it booted; nil until then.
    public var vendor: String?
    /// What it said of itself when it booted; nil until then.
    public var model: String?
    /// What it said of itself when it booted; nil until then.
    public var serial: String?
    /// The key both sides were given; nil for none.
    public let key: [UInt8]?
    /// When it was paired.
    public let pairedAt: WallTime
    /// When it was last connected; nil for never.
    public var seenAt: WallTime?

    /// A slave that has not connected yet.
    public init(chargePoint: String, box: String, key: [UInt8]?, pairedAt: WallTime) {
        self.chargePoint = chargePoint
        self.box = box
        self.key = key
        self.pairedAt = pairedAt
    }

    init(_ row: Row) throws(StorageError) {
        chargePoint = try row.text("charge_point")
        box = try row.text("box")
        vendor = try row.optionalText("vendor")
        model = try row.optionalText("model")
        serial = try row.optionalText("serial")
        key = row["key"] == .null ? nil : try row.blob("key")
        pairedAt = try row.time("paired_at")
        seenAt = try row.optionalTime("seen_at")
    }
}
