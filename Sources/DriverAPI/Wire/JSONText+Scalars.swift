import JSONSyntax

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
        do throws(JSONEscape.Fault) {
            let escape = try JSONEscape(in: bytes, at: place)
            place += escape.length
            return escape.scalar
        } catch {
            throw error == .unfinished ? .unfinished : .badText(place: place)
        }
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
