/// What a station knows of its connection to the backend.
struct LinkState: Sendable {
    var isConnected = false
    /// What the backend answered to the boot last; nil until it answered once since the station started.
    var registration: RegistrationStatus?
    /// The call that boots and is not answered.
    var bootCall: Int?
    /// When BootNotification is sent next; nil while it is out, or when the boot is accepted.
    var nextBoot: Duration?
    /// When Heartbeat is sent next; nil while the boot is not accepted.
    var nextHeartbeat: Duration?
    /// The values that count again if the backend refuses what was changed last, by key.
    var formerCredentials: [String: String?] = [:]

    /// Whether the backend can be asked.
    var isOnline: Bool { isConnected && registration == .accepted }
}
