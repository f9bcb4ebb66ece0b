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
    /// What needs a person's look.
    public var alarms: [NodeAlarm] = []
}
