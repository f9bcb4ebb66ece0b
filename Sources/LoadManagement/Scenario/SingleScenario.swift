/// One situation to share in, as `chargehost allocate --jsonl` reads it: amperes per phase, watts at 230 V.
public struct SingleScenario: Hashable, Sendable {
    /// The name of the situation.
    public var id: String
    /// The circuits by name.
    public var nodes: [String: Node]
    /// The boxes, in the order of the queue.
    public var boxes: [Box]
    /// By how much the phases may differ, over all boxes, in milliamperes.
    public var unbalance: Int?
    /// What all boxes may draw together, in milliwatts at 230 V per phase.
    public var budget: Int?
    /// By how much a value changes at least, in milliamperes.
    public var step: Int

    /// A circuit.
    public struct Node: Hashable, Sendable {
        /// What it carries, in milliamperes.
        public var limit: PhaseCurrents
        /// The circuit that feeds it.
        public var parent: String?
        /// What is kept back, in milliamperes.
        public var reserve: Int
        /// All load through it that is not a box named here, in milliamperes.
        public var base: PhaseCurrents
    }

    /// A box.
    public struct Box: Hashable, Sendable {
        /// Its name.
        public var id: String
        /// The circuit it hangs on.
        public var node: String
        /// The most it may get, in milliamperes.
        public var maximum: Int
        /// The least it charges with, in milliamperes.
        public var minimum: Int
        /// How many phases its car uses, 1...3.
        public var phases: Int
        /// How it is wired.
        public var rotation: Rotation
        /// Larger comes first.
        public var priority: Int
        /// The current a silent box is booked at, in milliamperes; nil for one that can be told what to do.
        public var reserved: Int?
    }
}
