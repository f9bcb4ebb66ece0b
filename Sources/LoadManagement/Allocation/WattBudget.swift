/// A power that boxes may not pass together: PV surplus, dimming by the grid operator (§14a EnWG), an operator's limit.
public struct WattBudget: Hashable, Codable, Sendable {
    /// The power in milliwatts, counted at 230 V per phase.
    public var milliwatts: Int
    /// The circuit whose boxes count, as an index of the tree; nil for all boxes.
    public var node: Int?
    /// The names of the boxes that count, of those below `node`; nil for all of them.
    public var boxes: Set<String>?
    /// Who limits; nil if that is not known.
    public var cause: PowerCause?

    /// Whether what is kept free for boxes counts, also while they draw less.
    public var countsReserves = true

    /// Makes a budget of `milliwatts` for `boxes` below `node`, or for all of them.
    public init(milliwatts: Int, node: Int? = nil, boxes: Set<String>? = nil, cause: PowerCause? = nil) {
        self.milliwatts = milliwatts
        self.node = node
        self.boxes = boxes
        self.cause = cause
    }

    /// Whether a booking of the box `name` counts, as far as that depends on the name; one without a name always does.
    func counts(_ name: String?) -> Bool {
        guard let boxes, let name else { return true }
        return boxes.contains(name)
    }

    /// The milliamperes that the budget gives, summed over all phases, rounded down.
    var current: Int { max(0, milliwatts) / nominalVoltage }
}
