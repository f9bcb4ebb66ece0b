/// A change of what a station remembers over a restart.
public enum StoredChange: Sendable {
    /// A configuration key has a value; the connector is that of an individual key, nil for all others.
    case key(name: String, connector: Int?, value: String)
    /// A configuration key has its default again.
    case keyDefault(name: String, connector: Int?)
    /// Which connectors are Inoperative; 0 is the station.
    case inoperative(Set<Int>)
    /// The local list after a full or differential update.
    case list(LocalList)
    /// What is known of one more tag.
    case cached(AuthorisationCache.Entry)
    /// The cache is empty.
    case cacheCleared
    /// All reservations.
    case reservations([ReserveNowRequest])
    /// All charging profiles.
    case profiles([InstalledProfile])
    /// What a transaction knows now: its group, and its last meter value.
    case transaction(OpenTransaction)
    /// Security events that the backend has not been told yet.
    case securityEvents([SecurityEventNotificationRequest])
}
