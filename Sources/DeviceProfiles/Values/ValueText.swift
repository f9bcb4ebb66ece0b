import DriverAPI

/// The literals of the language's "Values" section. Every reader throws what is wrong in words for the author.
public enum ValueText {
    /// `8092`, `-1`, `0x1F9C`: no leading zero, no `_`.
    public static func integer(_ text: String) throws(ValueProblem) -> Int128 {
        let bytes = Array(text.utf8)
        if text.hasPrefix("0x") {
            let digits = text.dropFirst(2)
            guard !digits.isEmpty, digits.utf8.allSatisfy(isHexDigit) else { throw .form(text, needs: integerForm) }
            guard let number = Int128(digits, radix: 16) else { throw .tooLarge(text) }
            return number
        }
        let digits = bytes.first == UInt8(ascii: "-") ? bytes[1...] : bytes[...]
        guard !digits.isEmpty, digits.allSatisfy(isDigit) else { throw .form(text, needs: integerForm) }
        if digits.count > 1, digits.first == UInt8(ascii: "0") { throw .leadingZero(text) }
        guard let number = Int128(text), number != .min else { throw .tooLarge(text) }
        return number
    }

    /// An integer in a range, such as an address.
    public static func integer(_ text: String, in range: ClosedRange<Int>) throws(ValueProblem) -> Int {
        let number = try integer(text)
        guard let value = Int(exactly: number), range.contains(value) else {
            throw .outside(text, "\(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }

    /// An integer or a decimal without exponent.
    public static func number(_ text: String) throws(ValueProblem) -> Exact {
        guard let dot = text.utf8.firstIndex(of: UInt8(ascii: ".")) else { return Exact(integer: try integer(text)) }
        let digits = text.hasPrefix("-") ? text[..<dot].dropFirst() : text[..<dot]
        let places = text[text.utf8.index(after: dot)...]
        guard !digits.isEmpty, !places.isEmpty, digits.utf8.allSatisfy(isDigit), places.utf8.allSatisfy(isDigit) else {
            throw .form(text, needs: "a number such as 0.06")
        }
        if digits.utf8.count > 1, digits.hasPrefix("0") { throw .leadingZero(text) }
        guard let number = Exact(text: text) else { throw .tooLarge(text) }
        return number
    }

    /// A number, or `N/D` of integers.
    public static func factor(_ text: String) throws(ValueProblem) -> Exact {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count > 1 else { return try number(text) }
        guard parts.count == 2 else { throw .form(text, needs: "a factor such as 0.06 or 1/256") }
        let (numerator, denominator) = (try integer(String(parts[0])), try integer(String(parts[1])))
        guard denominator != 0 else { throw .form(text, needs: "a factor: the denominator is 0") }
        guard let factor = Exact(numerator, over: denominator) else { throw .tooLarge(text) }
        return factor
    }

    /// `true` or `false`.
    public static func boolean(_ text: String) throws(ValueProblem) -> Bool {
        switch text {
        case "true": return true
        case "false": return false
        default: throw .boolean(text)
        }
    }

    /// `v1.18`, with at least two parts.
    public static func version(_ text: String) throws(ValueProblem) -> [Int] {
        guard let parts = VersionText.parts(of: text) else { throw .form(text, needs: "a version such as v1.18") }
        return parts
    }

    /// The integer of `raw 0x03E8`; nil for text that does not begin with `raw`.
    public static func raw(_ text: String) throws(ValueProblem) -> Int128? {
        guard text == "raw" || text.hasPrefix("raw ") else { return nil }
        guard text.count > 4 else { throw .form(text, needs: "a raw number such as raw 0x03E8") }
        return try integer(String(text.dropFirst(4)))
    }

    private static let integerForm = "an integer such as 8092 or 0x1F9C"

    static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        isDigit(byte) || (65...70).contains(byte) || (97...102).contains(byte)
    }
}
