/// How a box charges.
public enum BoxMode: String, CaseIterable, Codable, Sendable {
    /// It is stopped.
    case off
    /// As fast as the limits allow.
    case fast
    /// As fast as the limits allow, first in its priority class the less time it has to spare for its ``ChargeGoal``.
    case target
    /// Only with what the site has left of its own generation.
    case surplus
    /// With its minimum always, and with more only from what the site has left of its own generation.
    case minSurplus = "min+surplus"
}
