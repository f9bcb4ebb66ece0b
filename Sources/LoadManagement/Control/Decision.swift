/// What one tick came to.
public struct Decision: Hashable, Codable, Sendable {
    /// What to tell the boxes now, lowerings first.
    public var orders: [Order]
    /// Every box that is booked, by its name.
    public var boxes: [String: BoxDecision]
    /// Every circuit, by its name.
    public var nodes: [String: NodeDecision]
    /// Boxes whose cars sleep and are to be woken now, by name. A wake-up interrupts the pilot and offers nothing more.
    public var wakeUps: [String] = []
    /// What is wrong with the snapshot and the limits.
    public var problems: [InputProblem] = []
    /// The limits that are lowered because they were passed.
    public var overdrafts: [Overdraft] = []
}
