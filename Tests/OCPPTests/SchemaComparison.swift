@testable import OCPP

/// Finds what differs between an object's rules and a JSON schema.
struct SchemaComparison {
    let root: JSONObject

    func differences(_ rule: ObjectRule, _ schema: JSONObject, at path: String) -> [String] {
        let properties = schema["properties"]?.object ?? [:]
        let required = Set((schema["required"]?.array ?? []).compactMap(\.text))
        var found: [String] = []
        for member in properties.members where !rule.fields.contains(where: { $0.name == member.name }) {
            found.append("\(path).\(member.name): only in the schema")
        }
        for field in rule.fields {
            let place = "\(path).\(field.name)"
            guard let property = properties[field.name]?.object else {
                found.append("\(place): not in the schema")
                continue
            }
            if field.isRequired != required.contains(field.name) { found.append("\(place): required differs") }
            found += differences(field.kind, resolved(property), at: place)
        }
        return found
    }

    private func differences(_ kind: FieldRule.Kind, _ schema: JSONObject, at path: String) -> [String] {
        let type = schema["type"]?.text ?? ""
        switch kind {
        case .text(let maximum):
            let limit = schema["maxLength"]?.integer
            return expect(type, "string", path) + (limit == maximum ? [] : ["\(path): maxLength differs"])
                + (schema["enum"] == nil ? [] : ["\(path): the schema has an enum"])
        case .integer: return expect(type, "integer", path)
        case .tenths:
            let step = schema["multipleOf"]
            return expect(type, "number", path)
                + (step == .number(JSONNumber(1, exponent: -1)) ? [] : ["\(path): multipleOf differs"])
        case .boolean: return expect(type, "boolean", path)
        case .timestamp: return expect(schema["format"]?.text ?? "", "date-time", path)
        case .oneOf(let values):
            let allowed = (schema["enum"]?.array ?? []).compactMap(\.text)
            return values.values.filter { !allowed.contains($0) }.map { "\(path): \($0) is not in the schema" }
                + allowed.filter { values.position(of: $0) == nil }.map { "\(path): \($0) is only in the schema" }
        case .object(let rule):
            return expect(type, "object", path) + differences(rule, schema, at: path)
        case .list(let element, let least):
            let items = resolved(schema["items"]?.object ?? [:])
            let minimum = schema["minItems"]?.integer ?? 0
            return expect(type, "array", path) + differences(element, items, at: path + "[]")
                + (minimum == least ? [] : ["\(path): at least \(least), schema \(minimum)"])
        }
    }

    private func expect(_ type: String, _ wanted: String, _ path: String) -> [String] {
        type == wanted ? [] : ["\(path): \(wanted) here, \(type) in the schema"]
    }

    private func resolved(_ schema: JSONObject) -> JSONObject {
        guard let reference = schema["$ref"]?.text, let name = reference.split(separator: "/").last else {
            return schema
        }
        return root["definitions"]?.object?[String(name)]?.object ?? schema
    }
}

extension JSONValue {
    var object: JSONObject? { if case .object(let object) = self { object } else { nil } }
    var array: [JSONValue]? { if case .array(let elements) = self { elements } else { nil } }
    var text: String? { if case .string(let text) = self { text } else { nil } }
    var integer: Int? { if case .number(let number) = self { number.integer } else { nil } }
}
