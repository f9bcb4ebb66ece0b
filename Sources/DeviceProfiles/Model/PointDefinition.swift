import DriverAPI
import YAML

/// One point of a device, lanes expanded.
public struct PointDefinition: Hashable, Sendable {
    /// Where its value comes from.
    public enum Origin: Hashable, Sendable {
        /// Registers.
        case registers(ReadPlace)
        /// A number, quantity, boolean or text calculated from others.
        case expression(Expression)
        /// A member chosen by conditions; the last has none.
        case cases([Case])
        /// Nothing is read: it can only be written.
        case writeOnly
    }

    /// One case of a derived member.
    public struct Case: Hashable, Sendable {
        /// The condition; nil for the last.
        public var when: Expression?
        /// The member.
        public var member: String
        /// What `state.reason` becomes.
        public var reason: String?

        /// Makes a case.
        public init(when: Expression?, member: String, reason: String? = nil) {
            self.when = when
            self.member = member
            self.reason = reason
        }
    }

    /// The full name, such as `current.l1`.
    public var name: String
    /// Where it stands in the file.
    public var mark: Mark
    /// Where its value comes from.
    @Shared public var origin: Origin
    /// How raw becomes value.
    @Shared public var value: ValueRule
    /// How often it is read.
    public var poll: PollClass
    /// Whether the device has it.
    public var presence: Presence
    /// The name of the group that is read in one request.
    public var atomic: String?
    /// The point whose words it reads with another type.
    public var viewOf: String?
    /// How it is written; nil if it is not.
    @Shared public var write: WriteRule?
    /// Whether it is masked in logs and recordings.
    public var personal: Bool
    /// Whether it is never shown.
    public var secret: Bool

    /// Makes a point.
    public init(
        name: String, mark: Mark, origin: Origin, value: ValueRule = .init(), poll: PollClass = .normal,
        presence: Presence = .always, atomic: String? = nil, viewOf: String? = nil, write: WriteRule? = nil,
        personal: Bool = false, secret: Bool = false
    ) {
        self.name = name
        self.mark = mark
        _origin = Shared(wrappedValue: origin)
        _value = Shared(wrappedValue: value)
        self.poll = poll
        self.presence = presence
        self.atomic = atomic
        self.viewOf = viewOf
        _write = Shared(wrappedValue: write)
        self.personal = personal
        self.secret = secret
    }

    /// The registers it is read from.
    public var place: ReadPlace? { if case .registers(let place) = origin { place } else { nil } }
    /// Whether it is calculated from other points.
    public var isDerived: Bool {
        switch origin {
        case .expression, .cases: true
        case .registers, .writeOnly: false
        }
    }
}

/// How often a point is read.
public enum PollClass: Hashable, Sendable {
    /// Target 1 s.
    case fast
    /// Target 5 s.
    case normal
    /// Target 60 s.
    case slow
    /// After each connect and each restart of the device.
    case `static`
    /// When somebody asks.
    case onDemand
    /// After connect, and in the round after the named point changed.
    case onChange(String)

    /// The target between two readings; nil where there is none.
    public var target: Duration? {
        switch self {
        case .fast: .seconds(1)
        case .normal: .seconds(5)
        case .slow: .seconds(60)
        case .static, .onDemand, .onChange: nil
        }
    }
}

/// Whether the device has a point.
public enum Presence: Hashable, Sendable {
    /// Yes.
    case always
    /// If the expression holds.
    case when(Expression)
    /// Found out by reading it alone once.
    case probe
}
