import DriverAPI
import ReadPlanning

/// How a point is written: the profile's `write`.
public struct WriteRule: Hashable, Sendable {
    /// Where the device keeps it.
    public enum Persistence: String, Hashable, Sendable, CaseIterable { case ram, flash, unknown }
    /// What writing means.
    public enum Kind: String, Hashable, Sendable, CaseIterable { case state, setting, command, pulse }
    /// How a value between two steps is rounded.
    public enum Rounding: String, Hashable, Sendable, CaseIterable { case down, nearest, up }
    /// So many writes in such a time.
    public struct Budget: Hashable, Sendable {
        /// How many.
        public var count: Int
        /// In which time.
        public var period: Duration
        /// Makes a budget.
        public init(count: Int, period: Duration) {
            self.count = count
            self.period = period
        }
    }
    /// How a write is read back.
    public struct Verification: Hashable, Sendable {
        /// Not before this long after the last write of the list.
        public var after: Duration
        /// At the latest so long after it.
        public var within: Duration
        /// How far it may be off, in the canonical unit.
        public var tolerance: Exact
        /// The point that shows it; nil: the point itself.
        public var by: String?
        /// Makes a rule.
        public init(after: Duration, within: Duration, tolerance: Exact = 0, by: String? = nil) {
            self.after = after
            self.within = within
            self.tolerance = tolerance
            self.by = by
        }
    }

    /// 5, 6, 15 or 16.
    public var function: UInt8
    /// Where it is written, with the type on the wire; taken from the point where the file does not say.
    public var place: ReadPlace
    /// The unit before scaling.
    public var unit: Unit?
    /// The factor of the raw number.
    public var scale: Exact
    /// Added after scaling, in `unit`.
    public var offset: Exact
    /// Where the device keeps it.
    public var persist: Persistence
    /// How often it may be written; nil for no limit.
    public var budget: Budget?
    /// What writing means.
    public var kind: Kind
    /// What is allowed, in the canonical unit; nil for what the type can hold.
    public var range: (low: Bound, high: Bound)?
    /// The step, in the canonical unit; nil: one raw step.
    public var step: Exact?
    /// How a value between two steps is rounded.
    public var rounding: Rounding
    /// Raw values of values; empty: the inverse of the enumeration.
    public var writeAs: [(value: Value, raw: Int128)]
    /// How it is read back; nil if it is not.
    public var verify: Verification?
    /// When it may be written; nil: always.
    public var when: (expression: Expression, text: String)?
    /// The pause of its control block after it was written.
    public var settle: Duration
    /// The time between two different values.
    public var minimumDwell: Duration

    /// Makes a rule.
    public init(
        function: UInt8, place: ReadPlace, unit: Unit? = nil, scale: Exact = 1, offset: Exact = 0,
        persist: Persistence, budget: Budget? = nil, kind: Kind = .state, range: (low: Bound, high: Bound)? = nil,
        step: Exact? = nil, rounding: Rounding = .nearest, writeAs: [(value: Value, raw: Int128)] = [],
        verify: Verification? = nil, when: (expression: Expression, text: String)? = nil, settle: Duration = .zero,
        minimumDwell: Duration = .zero
    ) {
        self.function = function
        self.place = place
        self.unit = unit
        self.scale = scale
        self.offset = offset
        self.persist = persist
        self.budget = budget
        self.kind = kind
        self.range = range
        self.step = step
        self.rounding = rounding
        self.writeAs = writeAs
        self.verify = verify
        self.when = when
        self.settle = settle
        self.minimumDwell = minimumDwell
    }

    /// Compares everything.
    public static func == (a: WriteRule, b: WriteRule) -> Bool {
        a.function == b.function && a.place == b.place && a.unit == b.unit && a.scale == b.scale
            && a.offset == b.offset && a.persist == b.persist && a.budget == b.budget && a.kind == b.kind
            && a.range?.low == b.range?.low && a.range?.high == b.range?.high && a.step == b.step
            && a.rounding == b.rounding && a.writeAs.elementsEqual(b.writeAs, by: ==) && a.verify == b.verify
            && a.when?.text == b.when?.text && a.settle == b.settle && a.minimumDwell == b.minimumDwell
    }

    /// Hashes place and function.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(function)
        hasher.combine(place)
    }
}
