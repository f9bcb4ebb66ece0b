import OCPP

/// What the hub knows of one slave at this moment.
public struct SlaveSummary: Equatable, Sendable {
    /// Its ChargePointID.
    public var id: ChargePointID
    /// How it is connected; nil when it is not.
    public var transport: SlaveTransport?
    /// From where; nil when it is not connected.
    public var peer: String?
    /// What it said of itself at its last boot.
    public var boot: BootNotificationRequest?
    /// What it says of itself in its keys.
    public var abilities: SlaveAbilities
    /// The last status of each connector.
    public var status: [Int: StatusNotificationRequest]
    /// The local ids of its open transactions, by connector.
    public var transactions: [Int: Int]
    /// Why it is not connected, or was turned away, in words.
    public var reason: String?
}
