/// What is wanted of one box.
public struct BoxSnapshot: Hashable, Codable, Sendable {
    /// The name of the box.
    public var id: String
    /// What it says about its car.
    public var state: CarState
    /// How it charges.
    public var mode: BoxMode
    /// Larger comes first.
    public var priority: Int
    /// Smaller comes first among boxes of one priority.
    public var queue: Int
    /// The least the car needs, in milliamperes, if that is more than the box's own minimum.
    public var minimum: Int?
    /// The most that the car, the cable or a person wants, in milliamperes.
    public var maximum: Int?
    /// The terminals to charge on; nil for all that are wired.
    public var terminals: PhaseSet?
    /// Why it may not be started or raised, if it may not; it may always be lowered and stopped.
    public var withheld: Withheld?
    /// What its car has to get and by when; counts in mode `target` only.
    public var goal: ChargeGoal?

    /// Makes the wishes of the box `id`.
    public init(
        id: String, state: CarState, mode: BoxMode = .fast, priority: Int = 0, queue: Int = 0, minimum: Int? = nil,
        maximum: Int? = nil, terminals: PhaseSet? = nil, withheld: Withheld? = nil,
        goal: ChargeGoal? = nil
    ) {
        self.id = id
        self.state = state
        self.mode = mode
        self.priority = priority
        self.queue = queue
        self.minimum = minimum
        self.maximum = maximum
        self.terminals = terminals
        self.withheld = withheld
        self.goal = goal
    }

    /// What forbids starting and raising a box.
    public enum Withheld: String, Codable, Sendable {
        /// No licence covers it.
        case licence
        /// Its profile is not trusted to command.
        case trust
        /// It was withdrawn, or has a fault.
        case fault

        var reason: Reason {
            switch self {
            case .licence: .licence
            case .trust: .trust
            case .fault: .fault
            }
        }
    }
}
