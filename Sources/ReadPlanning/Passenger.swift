/// An item of a slower class that may ride along in a round it is not due in.
public struct Passenger: Hashable, Sendable {
    /// The item.
    public var item: PlanItem
    /// The time until it is due by itself; zero or less: overdue.
    public var dueIn: Duration
    /// How often it is read.
    public var period: Duration

    /// Makes a candidate.
    public init(_ item: PlanItem, dueIn: Duration, period: Duration) {
        self.item = item
        self.dueIn = dueIn
        self.period = period
    }

    /// Whether its value would not be wasted: it is due within half its period.
    public var isNearlyDue: Bool { dueIn <= period / 2 }
}

/// The requests of one round with what rides along.
public struct PlannedRound: Hashable, Sendable {
    /// The requests.
    public var plan: ReadPlan
    /// Due items that can not be read.
    public var problems: [PlanProblem]
    /// The passengers in the plan; their next due time counts from this round.
    public var passengers: [PlanItem]
}
