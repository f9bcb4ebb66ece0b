import DriverAPI

/// How urgent a request is, and what its unit needs.
public struct RequestOptions: Hashable, Sendable {
    /// Requests go out by urgency, then by earliest deadline.
    public enum Urgency: Int, Comparable, Sendable {
        /// Set-points, and what lowers or stops.
        case setPoint
        /// Reads that verify a set-point.
        case verify
        /// Ordinary reads.
        case poll

        /// Orders by rank.
        public static func < (a: Urgency, b: Urgency) -> Bool { a.rawValue < b.rawValue }
    }

    /// How urgent it is.
    public var urgency: Urgency
    /// When the answer is due, for the order of the queue; nil: now.
    public var deadline: MonotonicTime?
    /// The longest wait for the answer.
    public var timeout: Duration
    /// Gaps the unit needs.
    public var gaps: RequestGaps

    /// Makes options.
    public init(
        urgency: Urgency = .poll, deadline: MonotonicTime? = nil, timeout: Duration = .seconds(1),
        gaps: RequestGaps = .init()
    ) {
        self.urgency = urgency
        self.deadline = deadline
        self.timeout = timeout
        self.gaps = gaps
    }
}
