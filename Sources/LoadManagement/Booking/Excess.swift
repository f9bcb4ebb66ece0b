/// A box that does other than it was told.
public struct Excess: Hashable, Codable, Sendable {
    /// What it drew at its terminals when it was last above its value, in milliamperes; nothing if only its value is wrong.
    public var drawn: PhaseCurrents
    /// The order it had last been given when that began.
    public var orderBefore: Int
    /// When it was last above its value.
    public var lastSeen: Moment
    /// Whether it went on after a further order.
    public var isDisobedient: Bool
}
