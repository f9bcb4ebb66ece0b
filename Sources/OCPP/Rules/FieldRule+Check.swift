extension FieldRule.Kind {
    /// Checks a value except for what is inside objects: that is checked when they are decoded.
    func check(_ value: JSONValue) throws(Violation) {
        switch (self, value) {
        case (.text(let maximum), .string(let text)):
            // Every character has at least one byte: a short text need not be counted.
            guard let maximum, text.utf8.count > maximum else { return }
            let count = text.unicodeScalars.count
            if count > maximum { throw fault(.tooLong(characters: count, limit: maximum)) }
        case (.integer(let least), .number(let number)):
            guard let whole = number.integer else { throw fault(.notWhole(number.description)) }
            if let least, whole < least { throw fault(.tooSmall(whole, least: least)) }
        case (.tenths, .number(let number)):
            if number.tenths == nil { throw fault(.notInTenths(number.description)) }
        case (.boolean, .bool), (.object, .object): return
        case (.timestamp, .string(let text)):
            if Timestamp(text) == nil { throw fault(.noTimestamp(text)) }
        case (.oneOf(let values), .string(let text)):
            if values.position(of: text) == nil { throw fault(.notOneOf(values.values, found: text)) }
        case (.list(let kind, let least), .array(let elements)):
            if elements.count < least { throw fault(.tooFew(elements: elements.count, least: least)) }
            for (place, element) in elements.enumerated() {
                do throws(Violation) {
                    try kind.check(element)
                } catch {
                    throw error.inside("[\(place)]")
                }
            }
        default: throw fault(.wrongType(expected: expected, found: value.kind))
        }
    }

    /// What is expected, for messages to people.
    var expected: String {
        switch self {
        case .text, .oneOf: "a string"
        case .timestamp: "a string with a date and time"
        case .integer: "a whole number"
        case .tenths: "a number"
        case .boolean: "a boolean"
        case .object: "an object"
        case .list: "an array"
        }
    }

    private func fault(_ fault: Violation.Fault) -> Violation { Violation(path: "", fault: fault) }
}
