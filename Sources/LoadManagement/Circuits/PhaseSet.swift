/// A set of phases.
public struct PhaseSet: OptionSet, Hashable, Codable, Sendable {
    /// Bit 0 is L1, bit 1 is L2, bit 2 is L3.
    public let rawValue: UInt8

    /// Makes the set out of its bits; bits above the third are dropped.
    public init(rawValue: UInt8) { self.rawValue = rawValue & 0b111 }

    /// The set of one phase.
    public init(_ phase: Phase) { self.init(rawValue: 1 << UInt8(phase.rawValue)) }

    /// The first `count` phases, as a car with a one-, two- or three-phase charger uses them; `count` is held to 0...3.
    public init(first count: Int) { self.init(rawValue: (1 << UInt8(max(0, min(3, count)))) - 1) }

    /// L1, L2 and L3.
    public static let all = PhaseSet(rawValue: 0b111)

    /// How many phases are in the set, 0...3.
    public var count: Int { rawValue.nonzeroBitCount }

    /// The phases in the set, L1 first.
    public var phases: [Phase] { Phase.allCases.filter(contains) }

    /// Whether `phase` is in the set.
    public func contains(_ phase: Phase) -> Bool { rawValue & (1 << UInt8(phase.rawValue)) != 0 }

    /// Reads as one number of bits.
    public init(from decoder: any Decoder) throws {
        self.init(rawValue: try decoder.singleValueContainer().decode(UInt8.self))
    }

    /// Writes one number of bits.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}
