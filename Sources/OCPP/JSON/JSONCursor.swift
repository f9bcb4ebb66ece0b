/// The reader's place in a text. Every access is checked against the end; it lives no longer than the buffer.
struct JSONCursor {
    let bytes: UnsafeBufferPointer<UInt8>
    let maximumDepth: Int
    var offset = 0

    init(bytes: UnsafeBufferPointer<UInt8>, maximumDepth: Int) {
        self.bytes = bytes
        self.maximumDepth = maximumDepth
    }

    mutating func document() throws(JSONProblem) -> JSONValue {
        skipSpace()
        guard offset < bytes.count else { throw .empty }
        let value = try value(depth: 0)
        skipSpace()
        guard offset == bytes.count else { throw .trailing(offset: offset) }
        return value
    }

    private mutating func value(depth: Int) throws(JSONProblem) -> JSONValue {
        switch try peek() {
        case UInt8(ascii: "{"): return .object(try object(depth: depth + 1))
        case UInt8(ascii: "["): return .array(try array(depth: depth + 1))
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try literal("true", .bool(true))
        case UInt8(ascii: "f"): return try literal("false", .bool(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        default: return .number(try number())
        }
    }

    private mutating func object(depth: Int) throws(JSONProblem) -> JSONObject {
        guard depth <= maximumDepth else { throw .tooDeep(limit: maximumDepth, offset: offset) }
        offset += 1
        var members: [JSONObject.Member] = []
        skipSpace()
        if try peek() == UInt8(ascii: "}") {
            offset += 1
            return JSONObject()
        }
        var seen: Set<String>?
        while true {
            let start = offset
            guard try peek() == UInt8(ascii: "\"") else { throw unexpected() }
            let name = try string()
            if members.count < 16 {
                for member in members where member.name == name { throw .duplicateName(name, offset: start) }
            } else {
                if seen == nil { seen = Set(members.map(\.name)) }
                guard seen?.insert(name).inserted == true else { throw .duplicateName(name, offset: start) }
            }
            skipSpace()
            guard try peek() == UInt8(ascii: ":") else { throw unexpected() }
            offset += 1
            skipSpace()
            members.append(.init(name: name, value: try value(depth: depth)))
            if try ends(with: UInt8(ascii: "}")) { return JSONObject(unchecked: members) }
        }
    }

    private mutating func array(depth: Int) throws(JSONProblem) -> [JSONValue] {
        guard depth <= maximumDepth else { throw .tooDeep(limit: maximumDepth, offset: offset) }
        offset += 1
        var elements: [JSONValue] = []
        skipSpace()
        if try peek() == UInt8(ascii: "]") {
            offset += 1
            return elements
        }
        while true {
            elements.append(try value(depth: depth))
            if try ends(with: UInt8(ascii: "]")) { return elements }
        }
    }

    private mutating func ends(with end: UInt8) throws(JSONProblem) -> Bool {
        skipSpace()
        let byte = try peek()
        guard byte == end || byte == UInt8(ascii: ",") else { throw unexpected() }
        offset += 1
        if byte == end { return true }
        skipSpace()
        return false
    }

    private mutating func literal(_ text: StaticString, _ value: JSONValue) throws(JSONProblem) -> JSONValue {
        for place in 0..<text.utf8CodeUnitCount {
            guard try peek() == text.utf8Start[place] else { throw unexpected() }
            offset += 1
        }
        return value
    }

    func peek() throws(JSONProblem) -> UInt8 {
        guard offset < bytes.count else { throw .unexpectedEnd }
        return bytes[offset]
    }

    func unexpected() -> JSONProblem {
        offset < bytes.count ? .unexpected(byte: bytes[offset], offset: offset) : .unexpectedEnd
    }

    private mutating func skipSpace() {
        while offset < bytes.count {
            switch bytes[offset] {
            case 0x20, 0x09, 0x0a, 0x0d: offset += 1
            default: return
            }
        }
    }
}
