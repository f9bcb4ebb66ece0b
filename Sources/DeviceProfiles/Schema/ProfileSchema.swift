/// The JSON Schema (draft-07) of profiles, for editors: completion, descriptions and a first check while typing.
///
/// Made from the same table of keys that the check of a file uses. The full check is `chargehost profile lint`.
public enum ProfileSchema {
    /// The schema as JSON text; the same bytes every time.
    public static func json() -> String {
        let sections = SectionName.allCases.filter { $0 != .document }
        let definitions = sections.map { ($0.rawValue, schema(of: $0)) } + patches
        let head: [(String, JSONText)] = [
            ("$schema", .string("http://json-schema.org/draft-07/schema#")),
            ("$id", .string("profile-1.json")),
            ("title", .string("chargehost device profile, version 1")),
        ]
        guard case .pairs(let document) = schema(of: .document) else { return "" }
        let body = document.map { ($0.key, $0.value) }
        return JSONText.object(head + body + [("definitions", .object(definitions))]).pretty
    }

    /// The sections that stand inside variants, where every key may be left out or removed with `~`.
    private static var patches: [(String, JSONText)] {
        patched.map { ("patch_" + $0.rawValue, schema(of: $0, isPatch: true)) }
    }

    private static let patched: [SectionName] = {
        var found: [SectionName] = []
        var open = KeyTable.section(.variant).keys.flatMap { $0.form.sections }
        while let next = open.popLast() {
            if found.contains(next) { continue }
            found.append(next)
            open += KeyTable.section(next).keys.flatMap { $0.form.sections }
        }
        return SectionName.allCases.filter(found.contains)
    }()

    private static func schema(of name: SectionName, isPatch: Bool = false) -> JSONText {
        let section = KeyTable.section(name)
        let inner = isPatch || name == .variant
        let properties = section.keys.map { rule -> (String, JSONText) in
            let form = rule.form.schema(isPatch: inner)
            let isRemovable = inner && !rule.isRequired
            let body =
                isRemovable ? JSONText.object([("anyOf", .array([form, .object([("type", .string("null"))])]))]) : form
            return (rule.name, described(body, rule))
        }
        var pairs: [(String, JSONText)] = [
            ("description", .string(section.note)), ("type", .string("object")), ("properties", .object(properties)),
        ]
        if let others = section.others {
            let value = others.form.schema(isPatch: inner)
            let pattern = others.keys.pattern ?? ""
            pairs.append(("patternProperties", .object([(pattern, value)])))
        }
        pairs.append(("additionalProperties", .bool(false)))
        let required = isPatch ? [] : section.keys.filter(\.isRequired).map(\.name)
        if !required.isEmpty { pairs.append(("required", .strings(required))) }
        if !isPatch, !section.oneOf.isEmpty {
            let choices = section.oneOf.map { JSONText.object([("required", .strings([$0]))]) }
            pairs.append(("anyOf", .array(choices)))
        }
        return .object(pairs)
    }

    /// The form with its description; what only later versions know says so.
    private static func described(_ form: JSONText, _ rule: KeyRule) -> JSONText {
        var note = rule.note
        if case .later(let feature, _) = rule.form {
            note += feature.need.map { " Needs `needs: [\($0)]`." } ?? " Comes with a later version."
        }
        guard case .pairs(let pairs) = form else { return form }
        if pairs.contains(where: { $0.key == "$ref" }) {
            return .object([("description", .string(note)), ("allOf", .array([form]))])
        }
        return .object([("description", .string(note))] + pairs.map { ($0.key, $0.value) })
    }
}
