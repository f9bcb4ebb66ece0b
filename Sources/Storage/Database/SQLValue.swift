/// A value in a database, in SQLite's five storage classes.
public enum SQLValue: Hashable, Sendable {
    /// Nothing.
    case null
    /// A signed integer of 64 bits.
    case integer(Int64)
    /// A binary floating-point number.
    case real(Double)
    /// UTF-8.
    case text(String)
    /// Bytes.
    case blob([UInt8])

    /// A text, or null for nil.
    public static func textOrNull(_ text: String?) -> SQLValue { text.map { .text($0) } ?? .null }

    /// A time as milliseconds since 1970.
    public static func time(_ time: WallTime) -> SQLValue { .integer(time.milliseconds) }
}

extension SQLValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByNilLiteral {
    /// A text.
    public init(stringLiteral value: String) { self = .text(value) }
    /// An integer.
    public init(integerLiteral value: Int64) { self = .integer(value) }
    /// Null.
    public init(nilLiteral: ()) { self = .null }
}

extension SQLValue {
    /// A whole number.
    static func number(_ number: Int) -> SQLValue { .integer(Int64(number)) }
}
