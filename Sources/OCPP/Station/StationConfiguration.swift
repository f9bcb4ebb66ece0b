/// What a station is, out of the site file and the host's own facts.
public struct StationConfiguration: Sendable {
    /// What BootNotification says.
    public var boot: BootNotificationRequest
    /// All connectors from 1 on, slaves and removed ones among them.
    public var connectors: [StationConnector]
    /// The voltage between a phase and neutral in V; for limits in W.
    public var voltage: Int
    /// The largest current of all boxes together, in A per phase; nil if nothing limits them.
    public var maximum: Tenths?
    /// The tag that free charging with a fixed tag uses, at most 20 characters.
    public var freeChargingTag: String
    /// The security profiles that a change of the key SecurityProfile may choose: those with all they need installed.
    public var securityProfiles: Set<Int>
    /// Whether the backend is a master that says how much every box may take: without a charging profile it is nothing.
    public var isGoverned: Bool
    /// How long BootNotification is not repeated if the backend names no interval or does not answer.
    public var bootInterval: Duration

    /// A station: 230 V, no limit of all boxes, security profiles 0 and 1, and a minute between boots.
    public init(
        boot: BootNotificationRequest, connectors: [StationConnector], voltage: Int = 230, maximum: Tenths? = nil,
        freeChargingTag: String = "FREECHARGING", securityProfiles: Set<Int> = [0, 1], isGoverned: Bool = false,
        bootInterval: Duration = .seconds(60)
    ) {
        self.boot = boot
        self.connectors = connectors
        self.voltage = voltage
        self.maximum = maximum
        self.freeChargingTag = String(freeChargingTag.unicodeScalars.prefix(20).map(Character.init))
        self.securityProfiles = securityProfiles
        self.isGoverned = isGoverned
        self.bootInterval = max(bootInterval, .seconds(1))
    }
}
