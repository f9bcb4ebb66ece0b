extension JSONObject {
    /// The payload that a map stands for. A number that stands for nothing known stays one, and the rules refuse it.
    init(_ entries: [CBORValue.Entry], _ rule: ObjectRule?) throws(FrameProblem) {
        var members: [Member] = []
        var names: Set<String> = []
        members.reserveCapacity(entries.count)
        for entry in entries {
            let name: String
            switch entry.key {
            case .unsigned(let number): name = PropertyNumbers.name(of: number)
            case .text(let text): name = text
            default: throw .unreadable("a property name is \(entry.key.kind)")
            }
            // A number and a text may stand for the same name; hashing costs more than comparing with a few.
            let isNew = entries.count > 16 ? names.insert(name).inserted : !members.contains { $0.name == name }
            guard isNew else { throw .unreadable("the property \(name) a second time") }
            let kind = rule?.kind(of: name)
            members.append(Member(name: name, value: try JSONValue(entry.value, kind)))
        }
        self.init(unchecked: members)
    }
}

extension JSONValue {
    init(_ value: CBORValue, _ kind: FieldRule.Kind?) throws(FrameProblem) {
        switch (value, kind) {
        case (.unsigned(let number), .oneOf(let enumeration)?) where number < UInt64(enumeration.values.count):
            self = .string(enumeration.values[Int(number)])
        case (.tagged, .timestamp?):
            guard let moment = value.moment else { throw .unreadable("a moment that is \(value.kind)") }
            self = .string(moment.description)
        case (.map(let entries), .object(let rule)?): self = .object(try JSONObject(entries, rule))
        case (.map(let entries), _): self = .object(try JSONObject(entries, nil))
        case (.array(let elements), _):
            var values: [JSONValue] = []
            values.reserveCapacity(elements.count)
            for element in elements { values.append(try JSONValue(element, kind?.element)) }
            self = .array(values)
        case (.text(let text), _): self = .string(text)
        case (.bool(let value), _): self = .bool(value)
        case (.null, _): self = .null
        case (.bytes, _): throw .unreadable("a byte string in a payload")
        default:
            guard let number = value.decimal else { throw .unreadable("a number that is \(value.kind)") }
            self = .number(number)
        }
    }
}

extension CBORValue {
    /// A whole number or a decimal fraction with the bounds of the JSON reader: 18 digits, an exponent within ±400.
    fileprivate var decimal: JSONNumber? {
        let limit: UInt = 1_000_000_000_000_000_000
        if let integer { return integer.magnitude < limit ? JSONNumber(integer) : nil }
        guard case .tagged(CBORTag.decimalFraction, .array(let parts)) = self, parts.count == 2,
            let exponent = parts[0].integer, let mantissa = parts[1].integer, mantissa.magnitude < limit,
            (-400...400).contains(exponent)
        else { return nil }
        return JSONNumber(mantissa, exponent: exponent)
    }

    /// Seconds since 1970 with tag 1, or a decimal fraction of them down to milliseconds; in the years 0 to 9999.
    var moment: Timestamp? {
        let number: JSONNumber?
        if case .tagged(CBORTag.epoch, let seconds) = self { number = seconds.decimal } else { number = decimal }
        guard let number, let milliseconds = JSONNumber(number.significand, exponent: number.exponent + 3).integer,
            case let moment = Timestamp(milliseconds: milliseconds), Timestamp.writable.contains(moment.seconds)
        else { return nil }
        return moment
    }
}
