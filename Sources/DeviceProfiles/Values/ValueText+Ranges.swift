import DriverAPI

extension ValueText {
    /// The two sides of `a..b`; nil without dots, and for text with more than one pair of them.
    public static func sides(_ text: String) -> (String, String)? {
        let parts = text.split(separator: "..", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
        return (String(parts[0]), String(parts[1]))
    }

    /// An address or `first..last` (last included), in the notation of the file.
    public static func addresses(_ text: String) throws(ValueProblem) -> ClosedRange<Int> {
        let range = try integers(text)
        guard let low = Int(exactly: range.lowerBound), let high = Int(exactly: range.upperBound), low >= 0,
            high <= 499_999
        else { throw .outside(text, "what an address can be") }
        return low...high
    }

    /// An integer or `a..b`, both ends included: raw values of `invalid` and `enum`, bits.
    public static func integers(_ text: String) throws(ValueProblem) -> ClosedRange<Int128> {
        guard let (first, last) = sides(text) else {
            guard !text.contains("..") else { throw .form(text, needs: "an integer or a range such as 8000..8023") }
            let number = try integer(text)
            return number...number
        }
        let (low, high) = (try integer(first), try integer(last))
        guard low <= high else { throw .reversed(text) }
        return low...high
    }

    /// `6 A..63 A`, both ends included, in the canonical unit of `dimension`.
    public static func quantities(_ text: String, in dimension: Dimension) throws(ValueProblem) -> ClosedRange<Exact> {
        guard let (first, last) = sides(text) else {
            let unit = dimension.canonicalUnit
            throw .form(
                text,
                needs: unit == .one
                    ? "a range such as 1..247" : "a range such as 6 \(unit.rawValue)..32 \(unit.rawValue)")
        }
        let (low, high) = (try canonical(first, in: dimension), try canonical(last, in: dimension))
        guard low <= high else { throw .reversed(text) }
        return low...high
    }

    /// A bit, or a field `lo..hi` of bits, 0 to 63.
    public static func bits(_ text: String) throws(ValueProblem) -> ClosedRange<Int> {
        let range = try integers(text)
        guard let low = Int(exactly: range.lowerBound), let high = Int(exactly: range.upperBound), low >= 0, high <= 63
        else { throw .outside(text, "0 to 63") }
        return low...high
    }
}
