/// How a device's terminals lie on the phases of the supply: with `231` terminal L1 lies on supply phase L2.
public struct PhaseWiring: Hashable, Sendable {
    /// The supply phase, 0 to 2, of each terminal.
    private let supply: [Int]

    /// Wired straight.
    public static let straight = PhaseWiring(supply: [0, 1, 2])

    private init(supply: [Int]) { self.supply = supply }

    /// Reads three digits, each of 1, 2 and 3 once; nil for anything else.
    public init?(_ digits: String) {
        let supply = digits.compactMap { $0.wholeNumberValue.map { $0 - 1 } }
        guard digits.count == 3, supply.sorted() == [0, 1, 2] else { return nil }
        self.supply = supply
    }

    /// Values at the terminals as they are on the supply's phases.
    func onSupply(_ terminals: [Int]) -> [Int] {
        var result = [0, 0, 0]
        for (terminal, phase) in supply.enumerated() where terminal < terminals.count {
            result[phase] += terminals[terminal]
        }
        return result
    }
}
