import DriverAPI
import YAML

/// What a step writes.
public enum WriteValue: Hashable, Sendable {
    /// A literal in the canonical unit.
    case value(Value)
    /// The device's own number.
    case raw(Int128)
    /// Calculated from options, facts, points, `command` and `told`.
    case expression(Expression)
}

/// One step of a sequence.
public struct Step: Hashable, Sendable {
    /// What a step does.
    public enum Action: Hashable, Sendable {
        /// Writes a point's natural value.
        case natural(String)
        /// Writes a point.
        case write(String, WriteValue)
        /// Waits.
        case wait(Duration)
        /// Waits until a condition holds; fails when it does not in time, unless it may go on.
        case waitUntil(Expression, atMost: Duration, poll: Duration, goesOn: Bool)
    }
    /// What it does.
    public var action: Action
    /// Skipped unless this holds; nil: never skipped.
    public var when: Expression?
    /// Where it stands in the file.
    public var mark: Mark

    /// Makes a step.
    public init(_ action: Action, when: Expression? = nil, mark: Mark) {
        self.action = action
        self.when = when
        self.mark = mark
    }
}

/// The commands of a device: the profile's `control`.
public struct Control: Hashable, Sendable {
    /// Offering current or power.
    public var charge: ChargeControl?
    /// Switching phases.
    public var phases: SequenceControl?
    /// Waking a car.
    public var wakeUp: SequenceControl?
    /// Locking the plug: the point.
    public var lock: String?
    /// Showing a text: the point.
    public var display: String?

    /// Makes a control section; without arguments an empty one.
    public init(
        charge: ChargeControl? = nil, phases: SequenceControl? = nil, wakeUp: SequenceControl? = nil,
        lock: String? = nil, display: String? = nil
    ) {
        self.charge = charge
        self.phases = phases
        self.wakeUp = wakeUp
        self.lock = lock
        self.display = display
    }
}

/// The `charge` block.
public struct ChargeControl: Hashable, Sendable {
    /// What happens to values below the minimum.
    public enum BelowMinimum: String, Hashable, Sendable, CaseIterable { case stop, minimum }
    /// What is written when the host leaves on purpose.
    public enum OnDisconnect: Hashable, Sendable {
        case leave, stop
        /// This limit, in A or W.
        case limit(Exact)
    }

    /// The set-point: a point in A, W or %.
    public var set: String
    /// From off or unknown to on.
    public var start: [Step]
    /// To another value while on.
    public var limit: [Step]
    /// To off.
    public var stop: [Step]
    /// What the set-point gets in `stop`.
    public var off: WriteValue?
    /// The lowest value that charges, in A or W.
    public var minimum: Bound
    /// What happens below it.
    public var belowMinimum: BelowMinimum
    /// When start and limit are allowed; nil: always.
    public var when: (expression: Expression, text: String)?
    /// What is written when the host leaves on purpose.
    public var onDisconnect: OnDisconnect
    /// V per phase, for set-points in W.
    public var voltage: Expression
    /// Phases, for set-points in W; nil: `first(phases_active, phases_set, 1)`.
    public var phases: Expression?
    /// What 100 % is, in A or W.
    public var of: Expression?
    /// Steps after a failure.
    public var finally: [Step]

    /// Makes a block.
    public init(
        set: String, start: [Step], limit: [Step], stop: [Step], off: WriteValue? = nil, minimum: Bound = .fixed(6),
        belowMinimum: BelowMinimum = .stop, when: (expression: Expression, text: String)? = nil,
        onDisconnect: OnDisconnect = .leave, voltage: Expression = .literal(.number(230)), phases: Expression? = nil,
        of: Expression? = nil, finally: [Step] = []
    ) {
        self.set = set
        self.start = start
        self.limit = limit
        self.stop = stop
        self.off = off
        self.minimum = minimum
        self.belowMinimum = belowMinimum
        self.when = when
        self.onDisconnect = onDisconnect
        self.voltage = voltage
        self.phases = phases
        self.of = of
        self.finally = finally
    }

    /// Compares everything.
    public static func == (a: ChargeControl, b: ChargeControl) -> Bool {
        a.set == b.set && a.start == b.start && a.limit == b.limit && a.stop == b.stop && a.off == b.off
            && a.minimum == b.minimum && a.belowMinimum == b.belowMinimum && a.when?.text == b.when?.text
            && a.onDisconnect == b.onDisconnect && a.voltage == b.voltage && a.phases == b.phases && a.of == b.of
            && a.finally == b.finally
    }

    /// Hashes the lists.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(set)
        hasher.combine(start)
        hasher.combine(stop)
    }
}

/// The `phases` and `wake_up` blocks.
public struct SequenceControl: Hashable, Sendable {
    /// The point that is set (phases); nil where steps do it.
    public var set: String?
    /// The steps; empty where `set` does it.
    public var steps: [Step]
    /// When it is allowed; nil: always.
    public var when: Expression?
    /// `when` as the author wrote it, for the refusal.
    public var whenText: String?
    /// Whether charging is stopped before and started after.
    public var pause: Bool
    /// The time between two runs.
    public var cooldown: Duration
    /// Points that are stale from the first step to the end.
    public var freezes: [String]
    /// Steps after a failure.
    public var finally: [Step]

    /// Makes a block.
    public init(
        set: String? = nil, steps: [Step] = [], when: Expression? = nil, whenText: String? = nil, pause: Bool = false,
        cooldown: Duration = .zero, freezes: [String] = [], finally: [Step] = []
    ) {
        self.set = set
        self.steps = steps
        self.when = when
        self.whenText = whenText
        self.pause = pause
        self.cooldown = cooldown
        self.freezes = freezes
        self.finally = finally
    }
}

/// One write after each connect.
public struct InitWrite: Hashable, Sendable {
    /// The point.
    public var point: String
    /// The value.
    public var value: WriteValue
    /// Skipped unless this holds.
    public var when: Expression?
    /// Whether no command is sent when it failed.
    public var needed: Bool
    /// Where it stands in the file.
    public var mark: Mark

    /// Makes a write.
    public init(point: String, value: WriteValue, when: Expression? = nil, needed: Bool = true, mark: Mark) {
        self.point = point
        self.value = value
        self.when = when
        self.needed = needed
        self.mark = mark
    }
}
