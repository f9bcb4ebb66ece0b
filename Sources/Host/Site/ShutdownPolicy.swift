/// What the boxes are told when the host ends on purpose.
public enum ShutdownPolicy: String, Hashable, Sendable, Codable, CaseIterable {
    /// What their profiles say; mostly nothing, and their watchdogs run out.
    case leave
    /// Their fall-back current at once, so that nobody has to wait for a watchdog; without one they are stopped.
    case fallback
    /// Charging is stopped.
    case stop
}
