/// The settings by which the host may change what a box does when it hears nothing.
public struct FailSafeSettings: Hashable, Sendable, Codable {
    /// The point with the fall-back current in A; nil if it cannot be set.
    public var current: String?
    /// The point with the time after which the box falls back, in s; nil if it cannot be set.
    public var timeout: String?
    /// The smallest fall-back current it takes, in A.
    public var leastCurrent: Exact
    /// The shortest and the longest time it takes, in s; nil where nothing limits it.
    public var timeouts: ClosedRange<Exact>?

    /// Makes the settings of a box.
    public init(
        current: String? = nil, timeout: String? = nil, leastCurrent: Exact = 0, timeouts: ClosedRange<Exact>? = nil
    ) {
        self.current = current
        self.timeout = timeout
        self.leastCurrent = leastCurrent
        self.timeouts = timeouts
    }
}
