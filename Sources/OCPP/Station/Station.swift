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

    /// A station with what it remembers.
    public init(_ configuration: StationConfiguration, memory: StationMemory = StationMemory(), at now: StationTime) {
        self.configuration = configuration
        keys = ConfigurationKeys(connectors: Set(configuration.connectors.map(\.number)), values: memory.keys)
        list = memory.list
        cache = memory.cache
        reservations = Reservations(memory.reservations)
        profiles = ChargingProfiles(installed: memory.profiles)
        inoperative = memory.inoperative
    }

    /// Takes what has happened, and tells what is to be done.
    public mutating func handle(_ input: StationInput, at now: StationTime) -> [StationEffect] { [] }

    /// When `handle` must be called again at the latest, on the clock that never jumps; nil for never.
    public var nextDeadline: Duration? { nil }

    /// What the box of a connector may do; nil if there is no such connector or it is removed.
    public func output(of connector: Int) -> ConnectorOutput? { nil }

    /// What all boxes together may take by charging profiles, in A per phase; nil if nothing is set.
    public var siteLimit: Tenths? { nil }

    /// The status of a connector, or with 0 of the station; nil if there is no such connector.
    public func status(of connector: Int) -> ChargePointStatus? { nil }

    /// The transaction that runs on a connector, of a box or of a slave; nil if none does.
    public func transaction(of connector: Int) -> OpenTransaction? { nil }

    /// What the backend answered to the boot last; nil if it has not answered since the station started.
    public var registration: RegistrationStatus? { nil }

    /// Whether the connection stands and the boot is accepted.
    public var isOnline: Bool { false }

    /// The station's time, which the backend may have set.
    public func timestamp(at now: StationTime) -> Timestamp { now.wall }
}
