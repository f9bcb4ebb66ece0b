/// A number with at most one decimal digit, held as a count of tenths; OCPP's currents and powers (multipleOf 0.1).
public struct Tenths: Hashable, Sendable, Comparable {
    /// The value × 10.
    public let tenths: Int

    /// The number with so many tenths.
    public init(tenths: Int) { self.tenths = tenths }

    /// A whole number. Beyond ±9·10¹⁷ the bound is taken.
    public init(_ whole: Int) { tenths = min(max(whole, -.wholeBound), .wholeBound) * 10 }

    /// The smaller number is the smaller one.
    public static func < (one: Tenths, other: Tenths) -> Bool { one.tenths < other.tenths }

    /// The value as a floating-point number, the nearest there is.
    public var double: Double { Double(tenths) / 10 }
}

extension Int {
    fileprivate static var wholeBound: Int { 900_000_000_000_000_000 }
}

extension Tenths: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
    /// The multiple of 0.1 nearest to the literal.
    public init(floatLiteral value: Double) {
        tenths = Int(exactly: (value * 10).rounded()) ?? 0
    }

    /// The whole number.
    public init(integerLiteral value: Int) { self.init(value) }
}

extension Tenths: CustomStringConvertible {
    /// As JSON writes it: `16`, `16.4`.
    public var description: String { JSONNumber(tenths, exponent: -1).description }
}
