/// One of the three phases, of the supply or of a box's terminals.
public enum Phase: Int, CaseIterable, Codable, Sendable {
    /// L1.
    case l1 = 0
    /// L2.
    case l2 = 1
    /// L3.
    case l3 = 2

    /// `L1`, `L2` or `L3`.
    public var name: String { "L\(rawValue + 1)" }
}

extension Phase: CustomStringConvertible {
    /// `L1`, `L2` or `L3`.
    public var description: String { name }
}
