extension Fields {
    func required<Part: Payload>(_ name: String) throws(Violation) -> Part {
        guard let part: Part = try optional(name) else { throw Violation(path: name, fault: .missing) }
        return part
    }

    func optional<Part: Payload>(_ name: String) throws(Violation) -> Part? {
        guard let value = self[name] else { return nil }
        do throws(Violation) {
            return try Part(value)
        } catch {
            throw error.inside(name)
        }
    }

    func required<Part: Payload>(_ name: String) throws(Violation) -> [Part] {
        guard let parts: [Part] = try optional(name) else { throw Violation(path: name, fault: .missing) }
        return parts
    }

    func optional<Part: Payload>(_ name: String) throws(Violation) -> [Part]? {
        guard case .array(let elements)? = self[name] else { return nil }
        var parts: [Part] = []
        parts.reserveCapacity(elements.count)
        for (place, element) in elements.enumerated() {
            do throws(Violation) {
                parts.append(try Part(element))
            } catch {
                throw error.inside("\(name)[\(place)]")
            }
        }
        return parts
    }
}

extension Payload {
    fileprivate init(_ value: JSONValue) throws(Violation) {
        guard case .object(let object) = value else {
            throw Violation(path: "", fault: .wrongType(expected: "an object", found: value.kind))
        }
        try self.init(json: object)
    }
}

extension JSONObject {
    mutating func put<Value: FieldValue>(_ name: String, _ value: Value?) {
        if let value { append(name, value.field) }
    }

    mutating func put<Part: Payload>(_ name: String, _ part: Part?) {
        if let part { append(name, .object(part.json)) }
    }

    mutating func put<Part: Payload>(_ name: String, _ parts: [Part]?) {
        if let parts { append(name, .array(parts.map { .object($0.json) })) }
    }
}
