import JSONSyntax

extension JSONCursor {
    /// A string, from its opening quote to past its closing one.
    mutating func string() throws(JSONProblem) -> String {
        let opening = offset
        offset += 1
        let start = offset
        var seen: UInt8 = 0
        while offset < bytes.count {
            let byte = bytes[offset]
            if byte == UInt8(ascii: "\"") {
                let piece = UnsafeBufferPointer(rebasing: bytes[start..<offset])
                if seen < 0x80 {
                    offset += 1
                    return String(decoding: piece, as: UTF8.self)
                }
                guard let text = String(validating: piece, as: UTF8.self) else { throw .notUTF8(offset: opening) }
                offset += 1
                return text
            }
            if byte == UInt8(ascii: "\\") { return try escapedString(opening: opening, from: start) }
            guard byte >= 0x20 else { throw .unexpected(byte: byte, offset: offset) }
            seen |= byte
            offset += 1
        }
        throw .unexpectedEnd
    }

    private mutating func escapedString(opening: Int, from start: Int) throws(JSONProblem) -> String {
        var units = Array(bytes[start..<offset])
        while offset < bytes.count {
            let byte = bytes[offset]
            switch byte {
            case UInt8(ascii: "\""):
                guard let text = String(validating: units, as: UTF8.self) else { throw .notUTF8(offset: opening) }
                offset += 1
                return text
            case UInt8(ascii: "\\"):
                units.append(contentsOf: UTF8.encode(try escape()) ?? UTF8.encodedReplacementCharacter)
            case 0..<0x20: throw .unexpected(byte: byte, offset: offset)
            default:
                units.append(byte)
                offset += 1
            }
        }
        throw .unexpectedEnd
    }

    private mutating func escape() throws(JSONProblem) -> Unicode.Scalar {
        do throws(JSONEscape.Fault) {
            let escape = try JSONEscape(in: bytes, at: offset)
            offset += escape.length
            return escape.scalar
        } catch {
            throw error == .unfinished ? .unexpectedEnd : .badEscape(offset: offset)
        }
    }

    /// A number of at most 18 significant digits and an exponent within ±400.
    mutating func number() throws(JSONProblem) -> JSONNumber {
        let start = offset
        let negative = try peek() == UInt8(ascii: "-")
        if negative { offset += 1 }
        var significand = 0
        var exponent = 0
        let whole = offset
        try digits(start) { digit in significand.append(digit) }
        if offset == whole { throw negative ? .badNumber(offset: start) : unexpected() }
        if bytes[whole] == UInt8(ascii: "0"), offset > whole + 1 { throw .badNumber(offset: start) }
        if offset < bytes.count, bytes[offset] == UInt8(ascii: ".") {
            offset += 1
            let fraction = offset
            try digits(start) { digit in significand.append(digit) }
            exponent = fraction - offset
            if exponent == 0 { throw .badNumber(offset: start) }
        }
        if offset < bytes.count, bytes[offset] | 0x20 == UInt8(ascii: "e") {
            offset += 1
            let sign = try peek()
            if sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { offset += 1 }
            var power = 0
            let first = offset
            try digits(start) { digit in power.append(digit) }
            if offset == first { throw .badNumber(offset: start) }
            exponent += sign == UInt8(ascii: "-") ? -power : power
        }
        guard abs(exponent) <= 400 else { throw .badNumber(offset: start) }
        return JSONNumber(negative ? -significand : significand, exponent: exponent)
    }

    private mutating func digits(_ start: Int, _ append: (Int) -> Bool) throws(JSONProblem) {
        while offset < bytes.count, bytes[offset] >= UInt8(ascii: "0"), bytes[offset] <= UInt8(ascii: "9") {
            guard append(Int(bytes[offset] - UInt8(ascii: "0"))) else { throw .badNumber(offset: start) }
            offset += 1
        }
    }
}

extension Int {
    /// Appends a decimal digit; false when the number would have more than 18 digits.
    fileprivate mutating func append(_ digit: Int) -> Bool {
        guard self < 100_000_000_000_000_000 else { return false }
        self = self * 10 + digit
        return true
    }
}
