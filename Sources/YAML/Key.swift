/// A key of a mapping as decoded: `8092`, `'8092'` and `0x1F9C` are one key.
///
/// Integers are `-?[0-9]+` without leading zeros, or `0x[0-9A-Fa-f]+`; everything else is text, compared as text.
public enum Key: Hashable, Sendable {
    /// An integer, whatever its notation.
    case integer(Int128)
    /// Any other key.
    case text(String)

    /// Decodes the characters of a key.
    public init(_ text: String) {
        self = Key.integer(in: text).map(Key.integer) ?? .text(text)
    }

    private static func integer(in text: String) -> Int128? {
        var digits = Substring(text)
        var radix = 10
        if digits.hasPrefix("0x") {
            digits = digits.dropFirst(2)
            radix = 16
        } else if digits.hasPrefix("-") {
            digits = digits.dropFirst()
        }
        guard let first = digits.utf8.first, digits.utf8.allSatisfy({ isDigit($0, radix: radix) }) else { return nil }
        if radix == 16 { return Int128(digits, radix: 16) }
        if first == UInt8(ascii: "0"), digits.utf8.count > 1 { return nil }
        return Int128(text)
    }

    private static func isDigit(_ byte: UInt8, radix: Int) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"): radix == 16
        default: false
        }
    }
}
