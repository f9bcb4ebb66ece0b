/// One data item of CBOR (RFC 8949), of the kinds that the binary framing uses: no floats, no indefinite lengths.
enum CBORValue: Hashable, Sendable {
    case unsigned(UInt64)
    /// -1 minus the argument.
    case negative(UInt64)
    case bytes([UInt8])
    case text(String)
    case array([CBORValue])
    case map([Entry])
    indirect case tagged(UInt64, CBORValue)
    case bool(Bool)
    case null

    struct Entry: Hashable, Sendable {
        let key: CBORValue
        let value: CBORValue
    }

    init(_ number: Int) {
        self = number < 0 ? .negative(UInt64(-1 - number)) : .unsigned(UInt64(number))
    }

    var integer: Int? {
        switch self {
        case .unsigned(let value): Int(exactly: value)
        case .negative(let value): Int(exactly: value).map { -1 - $0 }
        default: nil
        }
    }

    /// What it is, for messages to people.
    var kind: String {
        switch self {
        case .unsigned(let value): String(value)
        case .negative: "a negative number"
        case .bytes: "a byte string"
        case .text(let text): "\"\(text.prefix(40))\""
        case .array: "an array"
        case .map: "a map"
        case .tagged(let tag, _): "a value with tag \(tag)"
        case .bool: "a boolean"
        case .null: "null"
        }
    }
}

/// The tags of RFC 8949, 3.4, that the binary framing uses.
enum CBORTag {
    /// Seconds since 1970.
    static let epoch: UInt64 = 1
    /// [exponent, mantissa] to the base 10.
    static let decimalFraction: UInt64 = 4
}
