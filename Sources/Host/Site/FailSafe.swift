import DriverAPI

/// What the host sets in a box for the time when the box hears nothing; only boxes whose profile says how take it.
public struct FailSafe: Hashable, Sendable {
    /// The fall-back current.
    public enum Current: Hashable, Sendable {
        /// The box's minimum where the fall-back currents of all boxes fit beside the worst-case house, else a stop.
        case auto
        /// This, in A; 0 stops.
        case fixed(Exact)
    }

    /// How long the box waits unless the site file says otherwise.
    public static let usualTimeout = Duration.seconds(60)

    /// The fall-back current.
    public var current: Current
    /// How long the box waits; nil leaves a watchdog that runs as it is, and sets 60 s where it is switched off.
    public var timeout: Duration?
    /// Whether nothing is set: the box keeps what stands in it.
    public var isKept: Bool

    /// Makes a setting, by default one that the host chooses.
    public init(current: Current = .auto, timeout: Duration? = nil, isKept: Bool = false) {
        self.current = current
        self.timeout = timeout
        self.isKept = isKept
    }
}
