/// A Swift type that a property's value is held in.
protocol FieldValue: Sendable {
    init(field: JSONValue) throws(Violation)
    var field: JSONValue { get }
}

extension FieldValue {
    static func wrongType(_ expected: String, _ value: JSONValue) -> Violation {
        Violation(path: "", fault: .wrongType(expected: expected, found: value.kind))
    }
}

extension String: FieldValue {
    init(field: JSONValue) throws(Violation) {
        guard case .string(let text) = field else { throw String.wrongType("a string", field) }
        self = text
    }

    var field: JSONValue { .string(self) }
}

extension Int: FieldValue {
    init(field: JSONValue) throws(Violation) {
        guard case .number(let number) = field, let whole = number.integer else {
            throw Int.wrongType("a whole number", field)
        }
        self = whole
    }

    var field: JSONValue { .number(JSONNumber(self)) }
}

extension Bool: FieldValue {
    init(field: JSONValue) throws(Violation) {
        guard case .bool(let value) = field else { throw Bool.wrongType("a boolean", field) }
        self = value
    }

    var field: JSONValue { .bool(self) }
}

extension Tenths: FieldValue {
    init(field: JSONValue) throws(Violation) {
        guard case .number(let number) = field, let tenths = number.tenths else {
            throw Tenths.wrongType("a multiple of 0.1", field)
        }
        self.init(tenths: tenths)
    }

    var field: JSONValue { .number(JSONNumber(tenths, exponent: -1)) }
}

extension Timestamp: FieldValue {
    init(field: JSONValue) throws(Violation) {
        guard case .string(let text) = field, let moment = Timestamp(text) else {
            throw Timestamp.wrongType("a date and time", field)
        }
        self = moment
    }

    var field: JSONValue { .string(description) }
}

extension Array: FieldValue where Element: FieldValue {
    init(field: JSONValue) throws(Violation) {
        guard case .array(let elements) = field else { throw Self.wrongType("an array", field) }
        self = []
        reserveCapacity(elements.count)
        for (place, element) in elements.enumerated() {
            do throws(Violation) {
                append(try Element(field: element))
            } catch {
                throw error.inside("[\(place)]")
            }
        }
    }

    var field: JSONValue { .array(map(\.field)) }
}

extension FieldValue where Self: RawRepresentable<String> & CaseIterable {
    init(field: JSONValue) throws(Violation) {
        guard case .string(let text) = field else { throw Self.wrongType("a string", field) }
        guard let value = Self(rawValue: text) else {
            throw Violation(path: "", fault: .notOneOf(Self.allCases.map(\.rawValue), found: text))
        }
        self = value
    }

    var field: JSONValue { .string(rawValue) }
}
