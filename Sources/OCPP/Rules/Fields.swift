/// The properties of one object that passed its rules.
///
/// Properties that the rules do not know are left out, because a peer may send more than the standard says; null counts
/// as missing.
public struct Fields: Sendable {
    private let rule: ObjectRule
    private var values: [JSONValue?]

    /// Checks an object against its rules.
    init(_ object: JSONObject, _ rule: ObjectRule) throws(Violation) {
        self.rule = rule
        values = Array(repeating: nil, count: rule.fields.count)
        for member in object.members {
            guard member.value != .null, let place = rule.fields.firstIndex(where: { $0.name == member.name })
            else { continue }
            do throws(Violation) {
                try rule.fields[place].kind.check(member.value)
            } catch {
                throw error.inside(member.name)
            }
            values[place] = member.value
        }
        for (place, field) in rule.fields.enumerated() where field.isRequired && values[place] == nil {
            throw Violation(path: field.name, fault: .missing)
        }
    }

    func required<Value: FieldValue>(_ name: String) throws(Violation) -> Value {
        guard let value: Value = try optional(name) else { throw Violation(path: name, fault: .missing) }
        return value
    }

    func optional<Value: FieldValue>(_ name: String) throws(Violation) -> Value? {
        guard let value = self[name] else { return nil }
        do throws(Violation) {
            return try Value(field: value)
        } catch {
            throw error.inside(name)
        }
    }

    subscript(name: String) -> JSONValue? {
        rule.fields.firstIndex { $0.name == name }.flatMap { values[$0] }
    }
}
