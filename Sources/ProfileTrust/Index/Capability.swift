/// What a profile can do with a device; each is trusted on its own.
public enum Capability: String, Hashable, Sendable, Codable, CaseIterable {
    /// Reading values.
    case reading
    /// Starting and raising, and the settings that belong to it.
    case limit
    /// Switching phases.
    case phases
    /// Waking a car.
    case wakeUp = "wake-up"
}
