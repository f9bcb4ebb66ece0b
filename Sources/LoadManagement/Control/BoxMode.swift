/// How a box charges.
public enum BoxMode: String, CaseIterable, Codable, Sendable {
    /// It is stopped.
    case off
    /// As fast as the limits allow.
    case fast
    /// As fast as the limits allow, first in its priority class the less time it has to spare for its ``ChargeGoal``.
    case target
}
