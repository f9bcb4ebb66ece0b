import DriverAPI

/// The device's watchdog: the profile's `keepalive`.
public struct KeepAlive: Hashable, Sendable {
    /// What the device counts as a sign of life.
    public enum SatisfiedBy: String, Hashable, Sendable, CaseIterable {
        case anyTransaction = "any-transaction"
        case anyRead = "any-read"
        case anyWrite = "any-write"
        case setPoint = "set-point"
        case token
        case none
    }
    /// What a token write carries.
    public enum TokenValue: Hashable, Sendable {
        case value(Value)
        case raw(Int128)
        /// The last value.
        case same
        case toggle
        case count(ClosedRange<Int>)
    }
    /// What is written to keep the device going.
    public struct Token: Hashable, Sendable {
        /// The point.
        public var point: String
        /// The value.
        public var value: TokenValue
        /// Makes a token.
        public init(point: String, value: TokenValue = .same) {
            self.point = point
            self.value = value
        }
    }
    /// How long the device waits.
    public enum Deadline: Hashable, Sendable {
        case fixed(Duration)
        case expression(Expression)
        /// The point shows it; `zeroMeansNever`: 0 switches it off, else 0 means at once; `assume` until known.
        case point(String, zeroMeansNever: Bool, assume: Duration)
    }
    /// What the device does afterwards.
    public enum Then: Hashable, Sendable {
        /// It limits itself to what the point shows, in A or W.
        case limitsToPoint(String)
        /// It limits itself to this, in A or W.
        case limitsTo(Exact)
        case stops
        case keeps
        case unknown
    }

    /// What counts.
    public var satisfiedBy: SatisfiedBy
    /// What is written when nothing else was.
    public var token: Token?
    /// How long the device waits; nil for a device without watchdog.
    public var deadline: Deadline?
    /// The host acts every share × deadline.
    public var share: Exact
    /// What the device does afterwards.
    public var deviceThen: Then
    /// Points that the host sets from the site.
    public var settings: [String]

    /// Makes a section.
    public init(
        satisfiedBy: SatisfiedBy, token: Token? = nil, deadline: Deadline? = nil,
        share: Exact = Exact(shortest: 0.4) ?? 0, deviceThen: Then = .unknown, settings: [String] = []
    ) {
        self.satisfiedBy = satisfiedBy
        self.token = token
        self.deadline = deadline
        self.share = share
        self.deviceThen = deviceThen
        self.settings = settings
    }
}
