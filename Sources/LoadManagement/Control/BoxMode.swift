/// How a box charges.
public enum BoxMode: String, CaseIterable, Codable, Sendable {
    /// It is stopped.
    case off
    /// As fast as the limits allow.
    case fast
}
