/// A current on each phase, in whole milliamperes; negative is feed-in.
public struct PhaseCurrents: Hashable, Codable, Sendable {
    /// Milliamperes on L1.
    public var l1: Int
    /// Milliamperes on L2.
    public var l2: Int
    /// Milliamperes on L3.
    public var l3: Int

    /// Makes currents of `l1`, `l2` and `l3` milliamperes.
    public init(_ l1: Int, _ l2: Int, _ l3: Int) {
        self.l1 = l1
        self.l2 = l2
        self.l3 = l3
    }

    /// Makes the same current of `current` milliamperes on every phase.
    public init(each current: Int) { self.init(current, current, current) }

    /// Makes `current` milliamperes on the phases of `set` and nothing on the others.
    public init(_ current: Int, on set: PhaseSet) {
        self.init(
            set.contains(.l1) ? current : 0, set.contains(.l2) ? current : 0, set.contains(.l3) ? current : 0)
    }

    /// No current on any phase.
    public static let zero = PhaseCurrents(each: 0)

    /// The milliamperes on `phase`.
    public subscript(phase: Phase) -> Int {
        get {
            switch phase {
            case .l1: l1
            case .l2: l2
            case .l3: l3
            }
        }
        set {
            switch phase {
            case .l1: l1 = newValue
            case .l2: l2 = newValue
            case .l3: l3 = newValue
            }
        }
    }

    /// The largest of the three.
    public var largest: Int { max(l1, l2, l3) }

    /// The smallest of the three.
    public var smallest: Int { min(l1, l2, l3) }

    /// The smallest on the phases of `set`; nothing if that is empty.
    func smallest(on set: PhaseSet) -> Int {
        let least = min(
            set.contains(.l1) ? l1 : .max, set.contains(.l2) ? l2 : .max, set.contains(.l3) ? l3 : .max)
        return set.isEmpty ? 0 : least
    }

    /// All three together.
    var sum: Int { l1 + l2 + l3 }

    /// Nothing on the phases of `set`, the same on the others.
    func without(_ set: PhaseSet) -> PhaseCurrents {
        PhaseCurrents(set.contains(.l1) ? 0 : l1, set.contains(.l2) ? 0 : l2, set.contains(.l3) ? 0 : l3)
    }

    /// The largest less the smallest.
    public var spread: Int { largest - smallest }

    /// The currents with feed-in counted as nothing.
    public var withoutFeedIn: PhaseCurrents { PhaseCurrents(max(0, l1), max(0, l2), max(0, l3)) }

    /// The currents without their signs.
    var magnitudes: PhaseCurrents { PhaseCurrents(abs(l1), abs(l2), abs(l3)) }

    /// The larger of both on each phase.
    public func maximum(_ other: PhaseCurrents) -> PhaseCurrents {
        PhaseCurrents(max(l1, other.l1), max(l2, other.l2), max(l3, other.l3))
    }

    /// The smaller of both on each phase.
    public func minimum(_ other: PhaseCurrents) -> PhaseCurrents {
        PhaseCurrents(min(l1, other.l1), min(l2, other.l2), min(l3, other.l3))
    }

    /// Adds phase by phase.
    public static func + (a: PhaseCurrents, b: PhaseCurrents) -> PhaseCurrents {
        PhaseCurrents(a.l1 + b.l1, a.l2 + b.l2, a.l3 + b.l3)
    }

    /// Subtracts phase by phase.
    public static func - (a: PhaseCurrents, b: PhaseCurrents) -> PhaseCurrents {
        PhaseCurrents(a.l1 - b.l1, a.l2 - b.l2, a.l3 - b.l3)
    }

    /// Adds phase by phase, in place.
    public static func += (a: inout PhaseCurrents, b: PhaseCurrents) { a = a + b }

    /// Subtracts phase by phase, in place.
    public static func -= (a: inout PhaseCurrents, b: PhaseCurrents) { a = a - b }
}
