/// A limit that is lowered because it was passed.
public struct Overdraft: Hashable, Codable, Sendable {
    /// Which limit it is.
    public enum Limit: Hashable, Codable, Sendable {
        /// A phase of the circuit of this name.
        case node(String, Phase)
        /// A power, as ``PowerLimit`` names it.
        case budget(node: String?, boxes: Set<String>?, cause: PowerCause?)
    }

    /// Which limit it is.
    public var limit: Limit
    /// By how much it is lowered: milliamperes for a circuit, milliwatts for a power.
    public var cut: Int
    /// Until when.
    public var until: Moment
}
