/// A power that boxes may not pass together: PV surplus, dimming by the grid operator (§14a EnWG), an operator's limit.
public struct WattBudget: Hashable, Codable, Sendable {
    /// The power in milliwatts, counted at 230 V per phase.
    public var milliwatts: Int
    /// The circuit whose boxes count, as an index of the tree; nil for all boxes.
    public var node: Int?

    /// Makes a budget of `milliwatts` for the boxes below `node`, or for all of them.
    public init(milliwatts: Int, node: Int? = nil) {
        self.milliwatts = milliwatts
        self.node = node
    }

    /// The milliamperes that the budget gives, summed over all phases, rounded down.
    var current: Int { max(0, milliwatts) / nominalVoltage }
}
