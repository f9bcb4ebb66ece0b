/// A box that wants current.
public struct BoxDemand: Hashable, Codable, Sendable {
    /// The name of the box.
    public var id: String
    /// The circuit it hangs on, as an index of the tree.
    public var node: Int
    /// The least it charges with, in milliamperes per phase: 6 A (IEC 61851-1 A.3) unless the car needs more.
    public var minimum: Int
    /// The most it may get, in milliamperes per phase.
    public var maximum: Int
    /// By how much its value changes at least, in milliamperes, at least 1.
    public var step: Int
    /// The terminals its car uses.
    public var terminals: PhaseSet
    /// How the terminals are wired to the supply.
    public var rotation: Rotation
    /// Larger comes first.
    public var priority: Int
    /// Smaller comes first among boxes of the same priority; boxes with the same position keep the order they are given in.
    public var queue: Int
    /// Whether its minimum counts in no surplus: it is drawn whether there is any or not.
    public var hasFreeMinimum = false

    /// What is kept free for it at its terminals in any case, in milliamperes: up to that it costs the others nothing.
    public var reserved = PhaseCurrents.zero

    /// Makes a demand; currents are milliamperes.
    public init(
        id: String, node: Int, minimum: Int = 6000, maximum: Int, step: Int = 100, terminals: PhaseSet = .all,
        rotation: Rotation = .r123, priority: Int = 0, queue: Int = 0
    ) {
        self.id = id
        self.node = node
        self.minimum = minimum
        self.maximum = maximum
        self.step = max(1, step)
        self.terminals = terminals
        self.rotation = rotation
        self.priority = priority
        self.queue = queue
    }

    /// What is kept free for it on each of the terminals that its car uses.
    var floor: Int { reserved.smallest(on: terminals) }

    /// Whether it is known how its current splits over the supply phases, or does not matter because it is the same on
    /// all three.
    var splitIsKnown: Bool { rotation != .unknown || terminals == .all }
}
