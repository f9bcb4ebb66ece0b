extension JSONText {
    /// A text, from its opening quote to past its closing one.
    mutating func string() throws(JSON.Fault) -> String {
        let opening = place
        place += 1
        var units: [UInt8] = []
        while true {
            let start = place
            while place < bytes.count, bytes[place] >= 0x20, bytes[place] != UInt8(ascii: "\""),
                bytes[place] != UInt8(ascii: "\\")
            {
                place += 1
            }
            units += bytes[start..<place]
            switch try peek() {
            case UInt8(ascii: "\""):
                place += 1
                guard let text = String(validating: units, as: UTF8.self) else { throw .badText(place: opening) }
                return text
            case UInt8(ascii: "\\"): units += UTF8.encode(try escaped()).map(Array.init) ?? []
            default: throw unexpected
            }
        }
    }

    private mutating func escaped() throws(JSON.Fault) -> Unicode.Scalar {
        let start = place
        place += 1
        let byte = try peek()
        place += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{c}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): break
        default: throw .badText(place: start)
        }
        let first = try hexadecimal(start)
        guard first & 0xfc00 == 0xd800 else {
            guard let scalar = Unicode.Scalar(first) else { throw .badText(place: start) }
            return scalar
        }
        for mark in ["\\", "u"] as [Unicode.Scalar] {
            guard try peek() == UInt8(ascii: mark) else { throw .badText(place: start) }
            place += 1
        }
        let second = try hexadecimal(start)
        guard second & 0xfc00 == 0xdc00,
            let scalar = Unicode.Scalar(0x10000 + ((first & 0x3ff) << 10 | (second & 0x3ff)))
        else { throw .badText(place: start) }
        return scalar
    }

    private mutating func hexadecimal(_ start: Int) throws(JSON.Fault) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = Character(Unicode.Scalar(try peek())).hexDigitValue else { throw .badText(place: start) }
            value = value << 4 | UInt32(digit)
            place += 1
        }
        return value
    }

    /// A number of at most 36 digits and an exponent within ±36.
    mutating func number() throws(JSON.Fault) -> Exact {
        let start = place
        let isNegative = try peek() == UInt8(ascii: "-")
        if isNegative { place += 1 }
        let whole = digits()
        guard !whole.isEmpty else { throw isNegative ? .badNumber(place: start) : unexpected }
        guard whole.count == 1 || whole.first != UInt8(ascii: "0") else { throw .badNumber(place: start) }
        var fraction: ArraySlice<UInt8> = []
        if place < bytes.count, bytes[place] == UInt8(ascii: ".") {
            place += 1
            fraction = digits()
            guard !fraction.isEmpty else { throw .badNumber(place: start) }
        }
        let power = try exponent(start)
        guard whole.count + fraction.count <= 36, let scale = Exact.powerOfTen(power - fraction.count) else {
            throw .badNumber(place: start)
        }
        let significand = (whole + fraction).reduce(Int128(0)) { $0 * 10 + Int128($1 - UInt8(ascii: "0")) }
        guard let value = Exact(integer: isNegative ? -significand : significand).multiplied(by: scale) else {
            throw .badNumber(place: start)
        }
        return value
    }

    private mutating func exponent(_ start: Int) throws(JSON.Fault) -> Int {
        guard place < bytes.count, bytes[place] | 0x20 == UInt8(ascii: "e") else { return 0 }
        place += 1
        let sign = try peek()
        if sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { place += 1 }
        let written = digits()
        guard let power = Int(String(decoding: written, as: UTF8.self)), power <= 36 else {
            throw .badNumber(place: start)
        }
        return sign == UInt8(ascii: "-") ? -power : power
    }

    private mutating func digits() -> ArraySlice<UInt8> {
        let start = place
        while place < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[place]) { place += 1 }
        return bytes[start..<place]
    }
}
