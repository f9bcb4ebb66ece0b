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
        var guess = 0
        for member in object.members {
            if case .null = member.value { continue }
            guard let place = rule.place(of: member.name, guess: guess) else { continue }
            guess = place + 1
            do throws(Violation) {
                try rule.fields[place].kind.check(member.value)
            } catch {
                throw error.inside(member.name)
            }
            values[place] = member.value
        }
        for place in rule.fields.indices where values[place] == nil && rule.fields[place].isRequired {
            throw Violation(path: rule.fields[place].name, fault: .missing)
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
        rule.place(of: name).flatMap { values[$0] }
    }
}
