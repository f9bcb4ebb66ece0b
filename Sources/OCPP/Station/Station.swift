/// A charge point of OCPP 1.6 with all its connectors: what it decides, and nothing else.
///
/// It holds no socket, no file and no clock. Whatever happens is an input with its time; what is to be done comes back as
/// effects, in order. Call `handle` with `.tick` once at the beginning and by `nextDeadline` at the latest.
public struct Station: Sendable {
    /// What the station is.
    public internal(set) var configuration: StationConfiguration
    /// The configuration keys.
    public internal(set) var keys: ConfigurationKeys
    /// The local authorisation list.
    public internal(set) var list: LocalList
    /// The authorisation cache.
    public internal(set) var cache: AuthorisationCache
    /// The reservations.
    public internal(set) var reservations: Reservations
    /// The charging profiles.
    public internal(set) var profiles: ChargingProfiles
    /// The connectors that are Inoperative; 0 is the station.
    public internal(set) var inoperative: Set<Int>

    var connectors: [Int: ConnectorState] = [:]
    var stationStatus: TrackedStatus
    var link = LinkState()
    var calls = StationCalls()
    var limits = LimitState()
    var jobs = JobState()
    var clock = StationClock()
    var time: StationTime
    var effects: [StationEffect] = []

    /// A station with what it remembers.
    public init(_ configuration: StationConfiguration, memory: StationMemory = StationMemory(), at now: StationTime) {
        self.configuration = configuration
        let numbers = Set(configuration.connectors.map(\.number))
        keys = ConfigurationKeys(connectors: numbers, values: memory.keys)
        list = memory.list
        cache = memory.cache
        reservations = Reservations(memory.reservations)
        profiles = ChargingProfiles(installed: memory.profiles)
        inoperative = memory.inoperative
        time = now
        stationStatus = TrackedStatus(.init(status: .available), at: now.wall, now.elapsed)
        jobs.securityEvents = memory.securityEvents

        for connector in configuration.connectors {
            connectors[connector.number] = ConnectorState(connector, at: now.wall, now.elapsed)
        }
        profiles.limits = profileLimits
        takeIdentities()
        resume(memory.transactions, after: memory.cause)
    }

    /// Takes what has happened, and tells what is to be done.
    public mutating func handle(_ input: StationInput, at now: StationTime) -> [StationEffect] {
        time = now
        effects = []
        take(input)
        return effects
    }
}
