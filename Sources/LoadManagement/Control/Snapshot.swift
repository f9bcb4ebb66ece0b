/// What is known of the site at one moment, once a tick.
public struct Snapshot: Hashable, Codable, Sendable {
    /// What the host does.
    public var mode: HostMode
    /// The boxes that the site has now.
    public var boxes: [BoxSnapshot]
    /// The last sample of each circuit's meter, by the name of the circuit.
    public var meters: [String: MeterSample]
    /// The powers that may not be passed now.
    public var budgets: [PowerLimit]

    /// Makes a snapshot.
    public init(
        mode: HostMode = .manage, boxes: [BoxSnapshot] = [], meters: [String: MeterSample] = [:],
        budgets: [PowerLimit] = []
    ) {
        self.mode = mode
        self.boxes = boxes
        self.meters = meters
        self.budgets = budgets
    }
}

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

    /// Makes the wishes of the box `id`.
    public init(
        id: String, state: CarState, mode: BoxMode = .fast, priority: Int = 0, queue: Int = 0, minimum: Int? = nil,
        maximum: Int? = nil, terminals: PhaseSet? = nil, withheld: Withheld? = nil
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

/// One reading of a circuit's meter.
public struct MeterSample: Hashable, Codable, Sendable {
    /// When it was measured.
    public var at: Moment
    /// Milliamperes per phase of the supply; negative is feed-in.
    public var current: PhaseCurrents
    /// The energy counter, in any unit; nil if the meter has none.
    public var counter: Int64?
    /// A digest of all the words the meter answered with, by which a frozen meter is found.
    public var words: UInt64

    /// Makes a sample.
    public init(at: Moment, current: PhaseCurrents, counter: Int64? = nil, words: UInt64) {
        self.at = at
        self.current = current
        self.counter = counter
        self.words = words
    }
}

/// A power that boxes may not pass together.
public struct PowerLimit: Hashable, Codable, Sendable {
    /// Milliwatts, counted at 230 V per phase.
    public var milliwatts: Int
    /// The circuit whose boxes count; nil for all.
    public var node: String?

    /// Makes a limit of `milliwatts` for the boxes below `node`, or for all.
    public init(milliwatts: Int, node: String? = nil) {
        self.milliwatts = milliwatts
        self.node = node
    }
}
