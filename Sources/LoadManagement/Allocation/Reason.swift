/// Why a box does not get more than it gets; the same list for the command, the API, the page and the log.
public enum Reason: Hashable, Sendable {
    /// A circuit is full on a phase.
    case node(String, Phase)
    /// A power budget is used up; with who limits it, where that is known.
    case budget(PowerCause?)
    /// The phases would differ too much.
    case unbalance
    /// It has all that the box, its cable or its car can take.
    case max
    /// It waits because others are before it; with the circuit and phase that is full, if it is one.
    case queue(node: String?, phase: Phase?)
    /// It cannot be told anything, and what it may draw is kept free for it.
    case reserved
    /// Its phases are being switched.
    case phases
    /// The mode of the host or of the box, or that no car asks for current.
    case mode
    /// No licence covers it.
    case licence
    /// Its profile is not trusted to command it.
    case trust
    /// It, or the meter it depends on, does not answer or does not obey.
    case fault
}

extension Reason {
    /// The word by which programs know the reason.
    public var word: String {
        switch self {
        case .node: "node"
        case .budget: "budget"
        case .unbalance: "unbalance"
        case .max: "max"
        case .queue: "queue"
        case .reserved: "reserved"
        case .phases: "phases"
        case .mode: "mode"
        case .licence: "licence"
        case .trust: "trust"
        case .fault: "fault"
        }
    }
}

extension Reason: CustomStringConvertible {
    /// The sentence for people.
    public var description: String {
        switch self {
        case .node(let id, let phase): "circuit \(id) is full on \(phase)"
        case .budget(let cause): cause?.description ?? "the power budget is used up"
        case .unbalance: "the phases would differ too much"
        case .max: "it has all that box and car can take"
        case .queue(.some(let id), .some(let phase)): "waiting its turn: others before it use circuit \(id) on \(phase)"
        case .queue: "waiting its turn: others are before it"
        case .reserved: "it cannot be told anything now; what it may draw is kept free"
        case .phases: "its phases are being switched: it goes on in a moment"
        case .mode: "nothing is asked for, or the mode does not allow it"
        case .licence: "no licence covers this box: it is not started or raised"
        case .trust: "its profile is not trusted to start or raise it"
        case .fault: "a device does not answer or does not obey: nobody is raised blindly"
        }
    }
}
