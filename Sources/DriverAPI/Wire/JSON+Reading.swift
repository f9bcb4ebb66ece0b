extension JSON {
    /// The longest message, in bytes without its line feed.
    public static let longest = 256 * 1024
    /// The deepest nesting of lists and objects.
    public static let deepest = 16

    /// Reads one JSON text. Throws ``Fault``.
    public init(reading bytes: some Sequence<UInt8>, longest: Int = JSON.longest) throws(Fault) {
        let bytes = Array(bytes)
        guard bytes.count <= longest else { throw .tooLong(limit: longest) }
        var reader = JSONText(bytes)
        self = try reader.document()
    }

    /// Reads one JSON text. Throws ``Fault``.
    public init(reading text: String) throws(Fault) { try self.init(reading: text.utf8) }
}

/// The place in a JSON text that is being read.
struct JSONText {
    let bytes: [UInt8]
    var place = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func document() throws(JSON.Fault) -> JSON {
        skipBlanks()
        guard place < bytes.count else { throw .empty }
        let value = try value(depth: 0)
        skipBlanks()
        if place < bytes.count { throw unexpected }
        return value
    }

    var unexpected: JSON.Fault {
        place < bytes.count ? .unexpected(byte: bytes[place], place: place) : .unfinished
    }

    func peek() throws(JSON.Fault) -> UInt8 {
        guard place < bytes.count else { throw .unfinished }
        return bytes[place]
    }

    private mutating func value(depth: Int) throws(JSON.Fault) -> JSON {
        switch try peek() {
        case UInt8(ascii: "{"): return .object(try object(depth: depth + 1))
        case UInt8(ascii: "["): return .array(try array(depth: depth + 1))
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return .number(try number())
        }
    }

    private mutating func object(depth: Int) throws(JSON.Fault) -> [String: JSON] {
        guard depth <= JSON.deepest else { throw .tooDeep(limit: JSON.deepest, place: place) }
        var members: [String: JSON] = [:]
        guard try !isEmpty(closedBy: "}") else { return members }
        repeat {
            let start = place
            guard try peek() == UInt8(ascii: "\"") else { throw unexpected }
            let name = try string()
            skipBlanks()
            guard try peek() == UInt8(ascii: ":") else { throw unexpected }
            place += 1
            skipBlanks()
            guard members.updateValue(try value(depth: depth), forKey: name) == nil else {
                throw .repeatedName(name, place: start)
            }
        } while try goesOn(closedBy: "}")
        return members
    }

    private mutating func array(depth: Int) throws(JSON.Fault) -> [JSON] {
        guard depth <= JSON.deepest else { throw .tooDeep(limit: JSON.deepest, place: place) }
        var elements: [JSON] = []
        guard try !isEmpty(closedBy: "]") else { return elements }
        repeat { elements.append(try value(depth: depth)) } while try goesOn(closedBy: "]")
        return elements
    }

    private mutating func isEmpty(closedBy end: Unicode.Scalar) throws(JSON.Fault) -> Bool {
        place += 1
        skipBlanks()
        guard try peek() == UInt8(ascii: end) else { return false }
        place += 1
        return true
    }

    private mutating func goesOn(closedBy end: Unicode.Scalar) throws(JSON.Fault) -> Bool {
        skipBlanks()
        let byte = try peek()
        guard byte == UInt8(ascii: ",") || byte == UInt8(ascii: end) else { throw unexpected }
        place += 1
        guard byte == UInt8(ascii: ",") else { return false }
        skipBlanks()
        return true
    }

    private mutating func word(_ text: StaticString, _ value: JSON) throws(JSON.Fault) -> JSON {
        for index in 0..<text.utf8CodeUnitCount {
            guard try peek() == text.utf8Start[index] else { throw unexpected }
            place += 1
        }
        return value
    }

    private mutating func skipBlanks() {
        while place < bytes.count, [0x20, 0x09, 0x0a, 0x0d].contains(bytes[place]) { place += 1 }
    }
}
