import DriverAPI

/// One expression of the profile language, parsed and checked; numbers are canonical.
public indirect enum Expression: Hashable, Sendable {
    /// What a name stands for.
    public enum Reference: Hashable, Sendable {
        /// A point.
        case point(String)
        /// All lanes of `name.*`, by their full names.
        case lanes([String])
        /// An option.
        case option(String)
        /// A fact of the identification.
        case fact(String)
        /// The point's own value, in `absent_when`.
        case value
        /// The value commanded, in control.
        case command
        /// The last acknowledged set-point.
        case told
    }

    /// Operators with two sides.
    public enum Operator: String, Hashable, Sendable, CaseIterable {
        case or, and
        case equal = "==", notEqual = "!=", less = "<", lessOrEqual = "<=", greater = ">", greaterOrEqual = ">="
        case plus = "+", minus = "-", times = "*", divided = "/"
    }

    /// The functions.
    public enum Function: String, Hashable, Sendable, CaseIterable {
        case min, max, abs, round, floor, sum, first
        case choose = "if"
        case known, bit, digit, has, number
    }

    /// One entry of a set: a value, or a range with both ends included.
    public struct SetItem: Hashable, Sendable {
        /// The value, or the low end.
        public var low: Expression
        /// The high end of a range.
        public var high: Expression?

        /// Makes an entry.
        public init(low: Expression, high: Expression? = nil) {
            self.low = low
            self.high = high
        }
    }

    /// A literal: number or quantity in the canonical unit, text, boolean, member or version.
    case literal(Value)
    /// A name.
    case name(Reference)
    /// `not x`.
    case not(Expression)
    /// `-x`.
    case negative(Expression)
    /// Two sides. `factor` turns the plain result into the canonical unit (W × s → Wh is 1/3600); 1 otherwise.
    case binary(Operator, Expression, Expression, factor: Exact)
    /// `x in […]`, or `x not in […]`.
    case contained(Expression, [SetItem], negated: Bool)
    /// A function.
    case call(Function, [Expression])
}

/// What an expression came to.
public struct Evaluated: Hashable, Sendable {
    /// The value; nil when unknown or absent.
    public var value: Value?
    /// The worst quality of what was used; good for literals.
    public var quality: Quality
    /// The oldest time of what was used; nil for literals.
    public var time: MonotonicTime?

    /// Makes a result.
    public init(value: Value?, quality: Quality = .good, time: MonotonicTime? = nil) {
        self.value = value
        self.quality = quality
        self.time = time
    }
}

/// Where an expression's names get their values.
public protocol ExpressionScope {
    /// The present value of one name that is not ``Expression/Reference/lanes(_:)``.
    func evaluated(_ reference: Expression.Reference) -> Evaluated
}

/// A number that stands in the file, or follows from an expression.
public enum Bound: Hashable, Sendable {
    /// Fixed, in the canonical unit.
    case fixed(Exact)
    /// From options, facts or points.
    case expression(Expression)
}
