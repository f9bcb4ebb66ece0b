/// The OCPP connector a device stands for.
public struct ConnectorAssignment: Hashable, Sendable {
    /// The device's id in the site file.
    public let device: String
    /// At least 1; never another device's, even after this one was removed.
    public let number: Int
    /// When it was given.
    public let assignedAt: WallTime
    /// When the device was removed; nil while it is there. The connector is then reported Unavailable.
    public let retiredAt: WallTime?

    init(_ row: Row) throws(StorageError) {
        device = try row.text("device")
        number = Int(try row.integer("number"))
        assignedAt = try row.time("assigned_at")
        retiredAt = try row.optionalTime("retired_at")
    }
}
