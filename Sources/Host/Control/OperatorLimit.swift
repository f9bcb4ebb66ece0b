import DriverAPI

/// A limit on all boxes that an operator set by hand.
public struct OperatorLimit: Hashable, Codable, Sendable {
    /// What all boxes may draw together, in W.
    public var power_w: Double
    /// Until when, in seconds since 1970; nil until it is taken back.
    public var until: Double?

    /// Makes a limit.
    public init(power_w: Double, until: Double? = nil) {
        self.power_w = power_w
        self.until = until
    }
}
