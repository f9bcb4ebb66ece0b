/// What does not change from tick to tick: circuits, meters, boxes and limits of the site.
public struct SiteLimits: Hashable, Codable, Sendable {
    /// The circuits.
    public var tree: CircuitTree
    /// What is known of the load of each circuit, by its name; a circuit left out has no meter and no load of its own.
    public var loads: [String: NodeLoad]
    /// The boxes.
    public var boxes: [BoxSetup]
    /// By how much the phases may differ over all boxes, in milliamperes.
    public var unbalance: Int?
    /// Powers that may never be passed, like the largest power of all boxes together.
    public var budgets: [PowerLimit]
    /// How raises are calmed.
    public var calm: Calm

    /// Makes the limits of a site.
    public init(
        tree: CircuitTree, loads: [String: NodeLoad] = [:], boxes: [BoxSetup], unbalance: Int? = nil,
        budgets: [PowerLimit] = [], calm: Calm = Calm()
    ) {
        self.tree = tree
        self.loads = loads
        self.boxes = boxes
        self.unbalance = unbalance
        self.budgets = budgets
        self.calm = calm
    }
}

/// What is known of a circuit's load beside the boxes, in milliamperes.
public enum NodeLoad: Hashable, Codable, Sendable {
    /// It has a meter. `worst` is what the house may draw while the meter is not to be trusted; nil means the circuit's
    /// limit, so that nobody charges on it.
    case metered(worst: PhaseCurrents?)
    /// It has none; its own load is fixed.
    case fixed(PhaseCurrents)
}

/// How raises are calmed, so that noise of a meter moves nobody. Lowering is never held back.
public struct Calm: Hashable, Codable, Sendable {
    /// A raise of less than this, in milliamperes, waits until it has been possible for `patience`, and is then as large
    /// as was possible all that time.
    public var smallRaise: Int
    /// How long a small raise waits.
    public var patience: Span
    /// How long a box is not raised after it was lowered.
    public var afterLowering: Span

    /// Makes the rule: below 0.5 A for 30 s, 10 s after lowering (a duty cycle changes every 5 s at most, IEC 61851-1).
    public init(
        smallRaise: Int = 500, patience: Span = 30_000_000_000, afterLowering: Span = 10_000_000_000
    ) {
        self.smallRaise = smallRaise
        self.patience = patience
        self.afterLowering = afterLowering
    }
}
