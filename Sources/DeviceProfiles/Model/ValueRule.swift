import DriverAPI

/// How a raw value becomes a value: the steps of the language's "Value" section, in its order.
public struct ValueRule: Hashable, Sendable {
    /// What kind of value comes out.
    public enum Kind: Hashable, Sendable {
        /// A number in this canonical unit.
        case number(Unit)
        /// A boolean.
        case bool
        /// Text.
        case text
        /// A member of an enumeration; its members in the order of the file. Whole numbers beside words (`phases_set`:
        /// 1, 3, auto) are in the list as text; their values are numbers.
        case member([String])
        /// Names of set bits, by bit.
        case flags([Int: String])
        /// A version of this many parts; nil where the text decides.
        case version
    }

    /// One row of an enumeration.
    public struct EnumEntry: Hashable, Sendable {
        /// What the raw value is compared with.
        public enum Match: Hashable, Sendable {
            case integers(ClosedRange<Int128>)
            case text(String)
            /// Everything that no other row names.
            case other
        }
        /// The raw side.
        public var match: Match
        /// The value side; nil for `no-data`.
        public var value: Value?

        /// Makes a row.
        public init(match: Match, value: Value?) {
            self.match = match
            self.value = value
        }
    }

    /// What a falling counter means.
    public enum Counter: Hashable, Sendable {
        /// A lower reading is suspect until seen this often.
        case confirm(Int)
        /// Lower readings are taken as they are.
        case accept
    }

    /// The kind of value.
    public var kind: Kind = .number(.one)
    /// The unit after scale and offset, before the canonical one; nil for values without.
    public var unit: Unit?
    /// Whether VA or var stand for W.
    public var approximate = false
    /// The factor of the raw number.
    public var scale: Exact = 1
    /// Added after scaling, in `unit`.
    public var offset: Exact = 0
    /// The point with the power of ten.
    public var scaleFrom: String?
    /// Whether the sign is changed, or the boolean negated; nil: never.
    public var invert: Expression?
    /// Raw values that mean no data.
    public var invalid: [ClosedRange<Int128>] = []
    /// When the point does not exist for now.
    public var absentWhen: Expression?
    /// What is believable, in the canonical unit.
    public var plausible: (low: Bound, high: Bound)?
    /// What a falling counter means; nil for points that are none.
    public var counter: Counter?
    /// The value at which the counter starts again.
    public var wrap: Exact?
    /// The rows of the enumeration; empty for none.
    public var entries: [EnumEntry] = []
    /// Reasons of `state` by raw value.
    public var reasons: [(match: EnumEntry.Match, reason: String)] = []

    /// Makes a rule that leaves the number as it is.
    public init() {}

    /// Compares everything.
    public static func == (a: ValueRule, b: ValueRule) -> Bool {
        a.kind == b.kind && a.unit == b.unit && a.approximate == b.approximate && a.scale == b.scale
            && a.offset == b.offset && a.scaleFrom == b.scaleFrom && a.invert == b.invert && a.invalid == b.invalid
            && a.absentWhen == b.absentWhen && a.plausible?.low == b.plausible?.low
            && a.plausible?.high == b.plausible?.high && a.counter == b.counter && a.wrap == b.wrap
            && a.entries == b.entries && a.reasons.elementsEqual(b.reasons, by: ==)
    }

    /// Hashes the parts that tell rules apart most.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(kind)
        hasher.combine(unit)
        hasher.combine(scale)
        hasher.combine(entries)
    }
}
