/// What a box gets, and why not more.
public struct Allocation: Hashable, Codable, Sendable {
    /// Milliamperes on each phase its car uses; 0 means that it waits.
    public var current: Int
    /// What keeps it from getting more.
    public var reason: Reason

    /// Makes an allocation of `current` milliamperes.
    public init(current: Int, reason: Reason) {
        self.current = current
        self.reason = reason
    }
}
