/// An exact rational number; what profiles, registers and set-points are calculated with.
///
/// Always in lowest terms with a positive denominator. Numerator and denominator have 127 bits; arithmetic that would
/// pass them returns nil (the checked functions), so a value is exact or it is no value.
public struct Exact: Hashable, Sendable {
    /// The numerator, carrying the sign.
    public let numerator: Int128
    /// The denominator, at least 1.
    public let denominator: Int128

    /// The whole number `value`.
    @inlinable public init(_ value: Int) {
        numerator = Int128(value)
        denominator = 1
    }

    /// The whole number `value`.
    @inlinable public init(integer value: Int128) {
        numerator = value
        denominator = 1
    }

    @inlinable init(unchecked numerator: Int128, _ denominator: Int128) {
        self.numerator = numerator
        self.denominator = denominator
    }

    /// `numerator / denominator` in lowest terms; nil when the denominator is 0 or the result does not fit.
    public init?(_ numerator: Int128, over denominator: Int128) {
        guard denominator != 0, numerator != .min, denominator != .min else { return nil }
        let sign: Int128 = denominator < 0 ? -1 : 1
        if let n = Int64(exactly: numerator), let d = UInt64(exactly: denominator.magnitude) {
            let g = Exact.gcd(n.magnitude, d)
            let lowest = Int128(n.magnitude / g)
            self.init(unchecked: (n < 0) == (sign < 0) ? lowest : -lowest, Int128(d / g))
            return
        }
        let g = Exact.gcd(numerator.magnitude, denominator.magnitude)
        self.init(unchecked: sign * numerator / Int128(g), sign * denominator / Int128(g))
    }

    /// The shortest decimal that reads back as `value`; nil for NaN, infinity and magnitudes of 10^18 and more.
    ///
    /// Magnitudes below 10^-18 are 0.
    public init?(shortest value: Double) { self.init(description: value.description, finite: value.isFinite) }

    /// The shortest decimal that reads back as `value`; nil for NaN, infinity and magnitudes of 10^18 and more.
    public init?(shortest value: Float) {
        if value.magnitude < 16_777_216, let whole = Int(exactly: value) {
            self.init(whole)
            return
        }
        self.init(description: value.description, finite: value.isFinite)
    }

    /// 0.
    public static let zero = Exact(0)
    /// 1.
    public static let one = Exact(1)

    /// Whether the denominator is 1.
    public var isInteger: Bool { denominator == 1 }
    /// The whole number, if it is one and fits.
    public var asInt: Int? { denominator == 1 ? Int(exactly: numerator) : nil }
    /// The nearest binary floating point number.
    public var double: Double { Double(numerator) / Double(denominator) }

    /// The sum; nil when it does not fit.
    public func adding(_ other: Exact) -> Exact? {
        if denominator == 1, other.denominator == 1 {
            let (sum, overflow) = numerator.addingReportingOverflow(other.numerator)
            return overflow || sum == .min ? nil : Exact(unchecked: sum, 1)
        }
        let (a, o1) = numerator.multipliedReportingOverflow(by: other.denominator)
        let (b, o2) = other.numerator.multipliedReportingOverflow(by: denominator)
        let (d, o3) = denominator.multipliedReportingOverflow(by: other.denominator)
        let (n, o4) = a.addingReportingOverflow(b)
        return o1 || o2 || o3 || o4 ? nil : Exact(n, over: d)
    }

    /// The difference; nil when it does not fit.
    public func subtracting(_ other: Exact) -> Exact? { adding(other.negated) }

    /// The product; nil when it does not fit.
    public func multiplied(by other: Exact) -> Exact? {
        if denominator == 1, other.denominator == 1 {
            let (n, o) = numerator.multipliedReportingOverflow(by: other.numerator)
            return o || n == .min ? nil : Exact(unchecked: n, 1)
        }
        let (n, o1) = numerator.multipliedReportingOverflow(by: other.numerator)
        let (d, o2) = denominator.multipliedReportingOverflow(by: other.denominator)
        return o1 || o2 ? nil : Exact(n, over: d)
    }

    /// The quotient; nil when `other` is 0 or the result does not fit.
    public func divided(by other: Exact) -> Exact? {
        let (n, o1) = numerator.multipliedReportingOverflow(by: other.denominator)
        let (d, o2) = denominator.multipliedReportingOverflow(by: other.numerator)
        return o1 || o2 ? nil : Exact(n, over: d)
    }

    /// The value with the other sign.
    public var negated: Exact { Exact(unchecked: -numerator, denominator) }
    /// The value without its sign.
    public var magnitude: Exact { numerator < 0 ? negated : self }

    /// The largest whole number that is not above it.
    public var floor: Exact {
        if denominator == 1 { return self }
        let (q, r) = numerator.quotientAndRemainder(dividingBy: denominator)
        return Exact(integer: r < 0 ? q - 1 : q)
    }

    /// The nearest whole number, halves away from zero.
    public var rounded: Exact {
        if denominator == 1 { return self }
        let (q, r) = numerator.quotientAndRemainder(dividingBy: denominator)
        guard r.magnitude * 2 >= denominator.magnitude else { return Exact(integer: q) }
        return Exact(integer: numerator < 0 ? q - 1 : q + 1)
    }

    /// 10 to the power of `exponent`; nil outside -36...36.
    public static func powerOfTen(_ exponent: Int) -> Exact? {
        guard (-36...36).contains(exponent) else { return nil }
        var p: Int128 = 1
        for _ in 0..<exponent.magnitude { p *= 10 }
        return exponent < 0 ? Exact(unchecked: 1, p) : Exact(unchecked: p, 1)
    }

    private static func gcd(_ a: UInt128, _ b: UInt128) -> UInt128 {
        var (x, y) = (a, b)
        while y != 0 {
            if let narrowX = UInt64(exactly: x), let narrowY = UInt64(exactly: y) {
                return UInt128(gcd(narrowX, narrowY))
            }
            (x, y) = (y, x % y)
        }
        return max(x, 1)
    }

    private static func gcd(_ a: UInt64, _ b: UInt64) -> UInt64 {
        var (x, y) = (a, b)
        while y != 0 { (x, y) = (y, x % y) }
        return max(x, 1)
    }
}

extension Exact: Comparable {
    /// Orders by value, exactly.
    public static func < (a: Exact, b: Exact) -> Bool {
        if a.denominator == b.denominator { return a.numerator < b.numerator }
        let l = a.numerator.multipliedFullWidth(by: b.denominator)
        let r = b.numerator.multipliedFullWidth(by: a.denominator)
        return l.high == r.high ? l.low < r.low : l.high < r.high
    }
}

extension Exact: ExpressibleByIntegerLiteral {
    /// A whole number as a literal.
    public init(integerLiteral value: Int) { self.init(value) }
}
