/// To which phases of the supply a box's terminals L1, L2 and L3 are wired (key ConnectorPhaseRotation).
public enum PhaseRotation: String, Sendable, CaseIterable {
    case rst = "RST"
    case rts = "RTS"
    case srt = "SRT"
    case str = "STR"
    case trs = "TRS"
    case tsr = "TSR"
    /// A box on one phase.
    case notApplicable = "NotApplicable"
    case unknown = "Unknown"

    /// The supply's phases, 1 to 3, at L1, L2 and L3: R is 1, S is 2, T is 3. Nil if it is not known.
    public var phases: [Int]? {
        switch self {
        case .rst: [1, 2, 3]
        case .rts: [1, 3, 2]
        case .srt: [2, 1, 3]
        case .str: [2, 3, 1]
        case .trs: [3, 1, 2]
        case .tsr: [3, 2, 1]
        case .notApplicable, .unknown: nil
        }
    }

    /// The rotation that a key's value names, whatever its case.
    public init?(configured text: String) {
        guard let found = PhaseRotation.allCases.first(where: { $0.rawValue.lowercased() == text.lowercased() })
        else { return nil }
        self = found
    }

    /// The rotations of connectors that a value names: `RST` is that of `connector`; `1.RST,2.RTS` names each one.
    ///
    /// Nil if a part is none, or names a connector twice.
    static func assignments(_ text: String, for connector: Int) -> [Int: PhaseRotation]? {
        if let rotation = PhaseRotation(configured: text.trimmed) { return [connector: rotation] }
        var found: [Int: PhaseRotation] = [:]
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let halves = String(part).trimmed.split(separator: ".", omittingEmptySubsequences: false)
            guard halves.count == 2, halves[0].allSatisfy(\.isNumber), let number = Int(halves[0]),
                let rotation = PhaseRotation(configured: String(halves[1])), found[number] == nil
            else { return nil }
            found[number] = rotation
        }
        return found
    }
}
