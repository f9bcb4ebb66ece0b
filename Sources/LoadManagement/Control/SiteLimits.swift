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
    /// How long a box charges before it yields to one of its priority class that waits; nil for never.
    public var turn: Span?
    /// When a car that draws less than it is offered makes room for others; nil for never.
    public var reclaim: ReclaimRule?
    /// When a car that sleeps is woken; nil for never.
    public var wakeUp: WakeUpRule?
    /// When boxes start and stop with the surplus.
    public var surplus: SurplusRule
    /// When the phases of a box are switched.
    public var switching: SwitchingRule
    /// What happens after a limit was passed.
    public var overdraft: OverdraftRule

    /// Makes the limits of a site.
    public init(
        tree: CircuitTree, loads: [String: NodeLoad] = [:], boxes: [BoxSetup], unbalance: Int? = nil,
        budgets: [PowerLimit] = [], calm: Calm = Calm(), turn: Span? = 900_000_000_000,
        reclaim: ReclaimRule? = ReclaimRule(), wakeUp: WakeUpRule? = WakeUpRule(), surplus: SurplusRule = SurplusRule(),
        switching: SwitchingRule = SwitchingRule(), overdraft: OverdraftRule = OverdraftRule()
    ) {
        self.tree = tree
        self.loads = loads
        self.boxes = boxes
        self.unbalance = unbalance
        self.budgets = budgets
        self.calm = calm
        self.turn = turn
        self.reclaim = reclaim
        self.wakeUp = wakeUp
        self.surplus = surplus
        self.switching = switching
        self.overdraft = overdraft
    }
}
