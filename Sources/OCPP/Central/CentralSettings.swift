/// How the central system treats its slaves. Times are seconds unless their type says otherwise.
public struct CentralSettings: Hashable, Sendable {
    /// Between two heartbeats of a slave; told in the answer to its boot.
    public var heartbeatInterval: Int
    /// Between two sampled meter values inside a transaction (MeterValueSampleInterval). Load management takes
    /// measurements more than 10 s apart for a gap, so it stays below.
    public var sampleInterval: Int
    /// Between two pings a JSON slave sends (WebSocketPingInterval).
    public var pingInterval: Int
    /// How often a slave is asked for something, so that one that is gone is noticed.
    public var pollInterval: Duration
    /// How long a new connection is waited for to boot before its boot is asked for.
    public var bootPatience: Duration
    /// How long a call to a slave waits for its answer.
    public var callTimeout: Duration
    /// How long a slave follows what it was told before it limits itself to its fall-back current; 30 to 3600.
    public var holdTime: Int
    /// The longest message or frame taken, in bytes.
    public var maximumMessage: Int
    /// What slaves are asked to measure, the most wanted first.
    public var measurands: [Measurand]
    /// OCPP security profile of the listeners: 0 none, 1 Basic authentication, 2 with TLS, 3 with client certificates
    /// (OCPP 1.6 Security Whitepaper, 2).
    public var securityProfile: Int
    /// Whether ids nobody knows are taken and remembered.
    public var isPairingOpen: Bool

    /// Makes settings; what is left out is what a site usually needs.
    public init(
        heartbeatInterval: Int = 60, sampleInterval: Int = 9, pingInterval: Int = 30,
        pollInterval: Duration = .seconds(5), bootPatience: Duration = .seconds(5),
        callTimeout: Duration = .seconds(15), holdTime: Int = 120, maximumMessage: Int = 1 << 20,
        measurands: [Measurand] = CentralSettings.usualMeasurands, securityProfile: Int = 0,
        isPairingOpen: Bool = false
    ) {
        self.heartbeatInterval = heartbeatInterval
        self.sampleInterval = sampleInterval
        self.pingInterval = pingInterval
        self.pollInterval = pollInterval
        self.bootPatience = bootPatience
        self.callTimeout = callTimeout
        self.holdTime = min(max(holdTime, 30), 3600)
        self.maximumMessage = maximumMessage
        self.measurands = measurands
        self.securityProfile = securityProfile
        self.isPairingOpen = isPairingOpen
    }

    /// Energy, power, currents, voltages, what is offered, and the car's state of charge.
    public static let usualMeasurands: [Measurand] = [
        .energyActiveImportRegister, .currentImport, .powerActiveImport, .currentOffered, .voltage, .stateOfCharge,
    ]
}
