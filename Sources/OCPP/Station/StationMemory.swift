/// What a station remembers over a restart; the host stores it as the effects `.store` say and gives it back.
public struct StationMemory: Sendable {
    /// Why the station starts.
    public enum Cause: Sendable, Hashable {
        /// The host was started, ended or updated; the boxes had power all the time.
        case restart
        /// The machine had no power, or was started anew.
        case powerLoss
        /// A Reset that the backend asked for.
        case reset(ResetType)
    }

    /// Why the station starts.
    public var cause: Cause
    /// The values of configuration keys that differ from the defaults, by their names on the wire.
    public var keys: [String: String]
    /// Connectors that are Inoperative; 0 is the station.
    public var inoperative: Set<Int>
    /// The local authorisation list.
    public var list: LocalList
    /// The authorisation cache.
    public var cache: AuthorisationCache
    /// The reservations.
    public var reservations: [ReserveNowRequest]
    /// The charging profiles.
    public var profiles: [InstalledProfile]
    /// The transactions of boxes and slaves that have no stop.
    public var transactions: [OpenTransaction]
    /// Security events that the backend has not been told yet.
    public var securityEvents: [SecurityEventNotificationRequest]

    /// What was stored; nothing for a new station.
    public init(
        cause: Cause = .restart, keys: [String: String] = [:], inoperative: Set<Int> = [],
        list: LocalList = LocalList(), cache: AuthorisationCache = AuthorisationCache(),
        reservations: [ReserveNowRequest] = [], profiles: [InstalledProfile] = [],
        transactions: [OpenTransaction] = [], securityEvents: [SecurityEventNotificationRequest] = []
    ) {
        self.cause = cause
        self.keys = keys
        self.inoperative = inoperative
        self.list = list
        self.cache = cache
        self.reservations = reservations
        self.profiles = profiles
        self.transactions = transactions
        self.securityEvents = securityEvents
    }
}
