/// What one tick came to.
public struct Decision: Hashable, Codable, Sendable {
    /// What to tell the boxes now, lowerings first.
    public var orders: [Order]
    /// Every box that is booked, by its name.
    public var boxes: [String: BoxDecision]
    /// Every circuit, by its name.
    public var nodes: [String: NodeDecision]
}

/// What a box gets. Currents are milliamperes.
public struct BoxDecision: Hashable, Codable, Sendable {
    /// Its share; what it was told follows as soon as that is safe.
    public var target: Int
    /// What it was last told; nil before the first order.
    public var told: Int?
    /// What keeps it from getting more.
    public var reason: Reason
    /// The most it may draw on each phase of the supply.
    public var booked: PhaseCurrents
    /// What needs a person's look.
    public var alarms: [BookingAlarm]
}

/// How a circuit stands. Currents are milliamperes.
public struct NodeDecision: Hashable, Codable, Sendable {
    /// All load through it that is not a box.
    public var base: PhaseCurrents
    /// What the boxes below it may draw at most.
    public var booked: PhaseCurrents
    /// What is left; negative is too much.
    public var free: PhaseCurrents
    /// Whether its meter, or that of a circuit that feeds it, is stale or frozen, so that nobody below is raised.
    public var isBlind: Bool
}
