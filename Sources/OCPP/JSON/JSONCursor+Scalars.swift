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
        let start = offset
        offset += 1
        let byte = try peek()
        offset += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{c}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): break
        default: throw .badEscape(offset: start)
        }
        let first = try hexadecimal(start)
        guard first & 0xfc00 == 0xd800 else {
            guard let scalar = Unicode.Scalar(first) else { throw .badEscape(offset: start) }
            return scalar
        }
        guard offset + 1 < bytes.count, bytes[offset] == UInt8(ascii: "\\"), bytes[offset + 1] == UInt8(ascii: "u")
        else { throw .badEscape(offset: start) }
        offset += 2
        let second = try hexadecimal(start)
        guard second & 0xfc00 == 0xdc00,
            let scalar = Unicode.Scalar(0x10000 + ((first & 0x3ff) << 10 | (second & 0x3ff)))
        else { throw .badEscape(offset: start) }
        return scalar
    }

    private mutating func hexadecimal(_ start: Int) throws(JSONProblem) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            let byte = try peek()
            let digit: UInt8
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
            default: throw .badEscape(offset: start)
            }
            value = value << 4 | UInt32(digit)
            offset += 1
        }
        return value
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
