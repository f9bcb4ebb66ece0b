import DriverAPI

/// A block of the profile's `control`: one is worked on at a time, and a newer command replaces one that waits.
enum ControlBlock: Hashable, Sendable {
    case charge, phases, wakeUp, lock, display
    /// A setting, by its point.
    case set(String)

    /// The block of a command.
    init(_ command: Command) {
        switch command {
        case .charge: self = .charge
        case .phases: self = .phases
        case .wakeUp: self = .wakeUp
        case .lock: self = .lock
        case .display: self = .display
        case .set(let point, _): self = .set(point)
        }
    }

    /// Its name in the profile.
    var name: String {
        switch self {
        case .charge: "charge"
        case .phases: "phases"
        case .wakeUp: "wake_up"
        case .lock: "lock"
        case .display: "display"
        case .set(let point): "set \(point)"
        }
    }
}
