import DriverAPI
import ReadPlanning

/// The way to one endpoint's units, as a driver uses it: real buses and simulated ones look the same.
public protocol RegisterLink: Sendable {
    /// Reads; 16-bit words, for coils and discrete inputs 0 or 1 each; `request.count` of them.
    func read(_ request: ReadRequest, unit: UInt8, options: RequestOptions) async throws(LinkError) -> [UInt16]

    /// Writes and waits for the acknowledgement.
    func write(_ request: WriteRequest, unit: UInt8, options: RequestOptions) async throws(LinkError)

    /// Reads, changes and writes one register with nothing between on the line: bits outside `mask` stay.
    ///
    /// Returns the word written.
    func modify(
        _ address: UInt16, unit: UInt8, mask: UInt16, bits: UInt16, function: UInt8, options: RequestOptions
    ) async throws(LinkError) -> UInt16
}

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

/// The pauses a unit needs, from the last byte of an answer to the first of the next request.
public struct RequestGaps: Hashable, Sendable {
    /// Between two requests to this unit.
    public var between: Duration
    /// On the line after traffic with another unit.
    public var neighbour: Duration
    /// Between two writes to this unit.
    public var writes: Duration
    /// After the connection was made.
    public var afterConnect: Duration
    /// After a write to this unit.
    public var afterWrite: Duration

    /// Makes gaps; all default to none.
    public init(
        between: Duration = .zero, neighbour: Duration = .zero, writes: Duration = .zero,
        afterConnect: Duration = .zero, afterWrite: Duration = .zero
    ) {
        self.between = between
        self.neighbour = neighbour
        self.writes = writes
        self.afterConnect = afterConnect
        self.afterWrite = afterWrite
    }
}
