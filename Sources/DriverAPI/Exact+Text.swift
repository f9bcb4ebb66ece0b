extension Exact {
    /// Reads `-12`, `0.06`, `12.340` or `1/256`: no exponent, no sign other than a leading minus.
    ///
    /// Nil for anything else, and for numbers that do not fit.
    public init?(text: some StringProtocol) {
        if let slash = text.firstIndex(of: "/") {
            guard let n = Exact(text: text[..<slash]), let d = Exact(text: text[text.index(after: slash)...]),
                n.isInteger, d.isInteger
            else { return nil }
            self.init(n.numerator, over: d.numerator)
            return
        }
        self.init(decimal: Array(text.utf8))
    }

    private init?(decimal bytes: [UInt8], exponent: Int = 0) {
        var digits: Int128 = 0
        var scale = exponent
        var seenDot = false
        var seenDigit = false
        var negative = false
        for (i, byte) in bytes.enumerated() {
            switch byte {
            case UInt8(ascii: "-") where i == 0: negative = true
            case UInt8(ascii: ".") where seenDigit && !seenDot: seenDot = true
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                seenDigit = true
                let (m, o1) = digits.multipliedReportingOverflow(by: 10)
                let (s, o2) = m.addingReportingOverflow(Int128(byte - UInt8(ascii: "0")))
                if o1 || o2 { return nil }
                digits = s
                if seenDot { scale -= 1 }
            default: return nil
            }
        }
        guard seenDigit, bytes.last != UInt8(ascii: "."), let power = Exact.powerOfTen(scale) else { return nil }
        guard let value = Exact(integer: negative ? -digits : digits).multiplied(by: power) else { return nil }
        self = value
    }

    init?(description: String, finite: Bool) {
        guard finite else { return nil }
        var bytes = Array(description.utf8)
        var exponent = 0
        if let e = bytes.firstIndex(of: UInt8(ascii: "e")) {
            guard
                let x = Int(
                    description.utf8.dropFirst(e + 1).reduce(into: "") { $0.append(Character(UnicodeScalar($1))) })
            else { return nil }
            exponent = x
            bytes.removeSubrange(e...)
        }
        if exponent >= 18 { return nil }
        if exponent <= -18 {
            self = .zero
            return
        }
        self.init(decimal: bytes, exponent: exponent)
    }
}

extension Exact: CustomStringConvertible {
    /// A finite decimal where there is one of at most 36 places (`0.06`), else a fraction (`1/3`).
    public var description: String {
        if denominator == 1 { return String(numerator) }
        var places = 0
        var scaled = numerator
        var rest = denominator
        while rest != 1, places < 36 {
            let g: Int128 = rest % 10 == 0 ? 10 : rest % 5 == 0 ? 5 : rest % 2 == 0 ? 2 : 1
            guard g > 1 else { return "\(numerator)/\(denominator)" }
            let (m, overflow) = scaled.multipliedReportingOverflow(by: 10 / g)
            guard !overflow else { return "\(numerator)/\(denominator)" }
            scaled = m
            rest /= g
            places += 1
        }
        guard rest == 1 else { return "\(numerator)/\(denominator)" }
        var text = String(scaled.magnitude)
        if text.count <= places { text = String(repeating: "0", count: places - text.count + 1) + text }
        text.insert(".", at: text.index(text.endIndex, offsetBy: -places))
        return (scaled < 0 ? "-" : "") + text
    }
}

extension Exact: Codable {
    /// Reads a JSON number, or text as ``init(text:)`` does.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let whole = try? container.decode(Int.self) {
            self.init(whole)
        } else if let text = try? container.decode(String.self), let value = Exact(text: text) {
            self = value
        } else if let value = Exact(shortest: try container.decode(Double.self)) {
            self = value
        } else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a number that fits")
        }
    }

    /// Writes a JSON number where it reads back the same, else text (`1/3`).
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        if let whole = asInt {
            try container.encode(whole)
        } else if Exact(shortest: double) == self {
            try container.encode(double)
        } else {
            try container.encode(description)
        }
    }
}
