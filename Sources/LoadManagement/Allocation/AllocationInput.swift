/// All that sharing depends on.
public struct AllocationInput: Codable, Sendable {
    /// The circuits.
    public var tree: CircuitTree
    /// All load through each node that is not a box named here, by node index, in milliamperes; what lies below a node
    /// is part of it. Feed-in counts as nothing: it is no headroom above it.
    public var base: [PhaseCurrents]
    /// The boxes that want current.
    public var boxes: [BoxDemand]
    /// What other boxes may draw.
    public var reserved: [FixedBooking]
    /// The powers that may not be passed.
    public var budgets: [WattBudget]
    /// By how much the phases may differ, counted over all boxes, in milliamperes; nil for no such limit.
    public var unbalance: Int?

    /// Makes an input; nodes without an entry in `base` have no load of their own.
    public init(
        tree: CircuitTree, base: [PhaseCurrents] = [], boxes: [BoxDemand], reserved: [FixedBooking] = [],
        budgets: [WattBudget] = [], unbalance: Int? = nil
    ) {
        self.tree = tree
        self.base = base
        self.boxes = boxes
        self.reserved = reserved
        self.budgets = budgets
        self.unbalance = unbalance
    }
}
