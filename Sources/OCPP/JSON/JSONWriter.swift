/// Writes JSON texts without needless spaces, in UTF-8.
public struct JSONWriter: Sendable {
    /// What was written so far.
    public private(set) var bytes: [UInt8] = []

    /// A writer that has written nothing.
    public init() { bytes.reserveCapacity(512) }

    /// Appends a value.
    public mutating func write(_ value: JSONValue) {
        switch value {
        case .null: raw("null")
        case .bool(let value): raw(value ? "true" : "false")
        case .number(let number): write(number)
        case .string(let text): write(text)
        case .array(let elements):
            raw("[")
            for (place, element) in elements.enumerated() {
                if place > 0 { raw(",") }
                write(element)
            }
            raw("]")
        case .object(let object): write(object)
        }
    }

    /// Appends an object.
    public mutating func write(_ object: JSONObject) {
        raw("{")
        var isFirst = true
        for member in object.members {
            if !isFirst { raw(",") }
            isFirst = false
            write(member.name)
            raw(":")
            write(member.value)
        }
        raw("}")
    }

    /// Appends a string with its quotes; what must be escaped is (RFC 8259, 7).
    public mutating func write(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { units in
            var start = 0
            for (place, unit) in units.enumerated()
            where unit < 0x20 || unit == UInt8(ascii: "\"") || unit == UInt8(ascii: "\\") {
                bytes.append(contentsOf: UnsafeBufferPointer(rebasing: units[start..<place]))
                escape(unit)
                start = place + 1
            }
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: units[start...]))
        }
        bytes.append(UInt8(ascii: "\""))
    }

    mutating func raw(_ text: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    private mutating func write(_ number: JSONNumber) {
        bytes.append(contentsOf: number.description.utf8)
    }

    private mutating func escape(_ unit: UInt8) {
        bytes.append(UInt8(ascii: "\\"))
        switch unit {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(unit)
        case 0x0a: bytes.append(UInt8(ascii: "n"))
        case 0x0d: bytes.append(UInt8(ascii: "r"))
        case 0x09: bytes.append(UInt8(ascii: "t"))
        default:
            let digits = Array("0123456789abcdef".utf8)
            bytes.append(contentsOf: Array("u00".utf8) + [digits[Int(unit >> 4)], digits[Int(unit & 15)]])
        }
    }
}
