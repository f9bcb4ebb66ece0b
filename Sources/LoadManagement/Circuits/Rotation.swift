/// How a box's terminals L1, L2, L3 are wired to the phases of the supply.
///
/// The digits name the supply phases in the order of the terminals: with `231` terminal L1 lies on supply phase L2.
public enum Rotation: String, CaseIterable, Codable, Sendable {
    /// Wired straight.
    case r123 = "123"
    /// Terminal L1 on supply phase L2, L2 on L3, L3 on L1.
    case r231 = "231"
    /// Terminal L1 on supply phase L3, L2 on L1, L3 on L2.
    case r312 = "312"
    /// L2 and L3 exchanged.
    case r132 = "132"
    /// L1 and L2 exchanged.
    case r213 = "213"
    /// L1 and L3 exchanged.
    case r321 = "321"
    /// Nobody has looked: the box counts on every phase.
    case unknown

    /// The supply phases of terminals L1, L2 and L3; nil when unknown.
    public var supplyPhases: (Phase, Phase, Phase)? {
        switch self {
        case .r123: (.l1, .l2, .l3)
        case .r231: (.l2, .l3, .l1)
        case .r312: (.l3, .l1, .l2)
        case .r132: (.l1, .l3, .l2)
        case .r213: (.l2, .l1, .l3)
        case .r321: (.l3, .l2, .l1)
        case .unknown: nil
        }
    }

    /// The supply phases on which a current at `terminals` has to be counted: all of them when the rotation is unknown.
    public func supply(of terminals: PhaseSet) -> PhaseSet {
        guard let (first, second, third) = supplyPhases else { return terminals.isEmpty ? [] : .all }
        var set: PhaseSet = []
        if terminals.contains(.l1) { set.insert(PhaseSet(first)) }
        if terminals.contains(.l2) { set.insert(PhaseSet(second)) }
        if terminals.contains(.l3) { set.insert(PhaseSet(third)) }
        return set
    }

    /// The most that currents at the terminals can be on each supply phase: the largest of them when the rotation is
    /// unknown.
    public func largestOnSupply(_ terminals: PhaseCurrents) -> PhaseCurrents {
        onSupply(terminals) ?? PhaseCurrents(each: terminals.largest)
    }

    /// The least that currents at the terminals are on each supply phase: the smallest of them when the rotation is
    /// unknown, for one of the three lies on every phase.
    public func smallestOnSupply(_ terminals: PhaseCurrents) -> PhaseCurrents {
        onSupply(terminals) ?? PhaseCurrents(each: terminals.smallest)
    }

    private func onSupply(_ terminals: PhaseCurrents) -> PhaseCurrents? {
        guard let (first, second, third) = supplyPhases else { return nil }
        var supply = PhaseCurrents.zero
        supply[first] = terminals.l1
        supply[second] = terminals.l2
        supply[third] = terminals.l3
        return supply
    }
}
