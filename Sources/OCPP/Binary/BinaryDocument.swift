/// The page Documentation/binary-ocpp.md, whose tables come from the rules.
public enum BinaryDocument {
    /// The whole page.
    public static var markdown: String {
        [
            BinaryDocument.introduction, "## Actions\n", numbered(Action.allCases.map(\.rawValue)),
            "## Error codes\n", numbered(ErrorCode.allCases.map(\.rawValue)), "## Property names\n",
            numbered(PropertyNumbers.names), "## Enumerations\n", enumerations,
            "## Messages\n", messages,
        ].joined(separator: "\n")
    }

    private static func numbered(_ names: [String]) -> String {
        "| number | name |\n|---|---|\n" + names.enumerated().map { "| \($0) | `\($1)` |\n" }.joined()
    }

    private static var enumerations: String {
        var found: [String: Enumeration] = [:]
        for rule in allRules {
            for field in rule.fields {
                if case .oneOf(let enumeration) = field.kind { found[enumeration.name] = enumeration }
            }
        }
        return found.keys.sorted().compactMap { found[$0] }.map { enumeration in
            let values = enumeration.values.enumerated().map { "\($0) `\($1)`" }
            return "- **\(enumeration.name)**: " + values.joined(separator: ", ") + "\n"
        }.joined()
    }

    private static var messages: String {
        allRules.map { rule in
            let fields = rule.fields.map { "| `\($0.name)` | \($0.isRequired ? "yes" : "no") | \($0.kind.words) |\n" }
            let table =
                fields.isEmpty
                ? "No properties.\n" : "| property | required | value |\n|---|---|---|\n" + fields.joined()
            return "### \(rule.name)\n\n" + table
        }.joined(separator: "\n")
    }

    /// Requests and responses, then their parts, each once.
    private static var allRules: [ObjectRule] {
        var rules = Action.allCases.flatMap { [$0.requestRule, $0.responseRule] }
        var names = Set(rules.map(\.name))
        var place = 0
        while place < rules.count {
            for field in rules[place].fields {
                if let part = field.kind.part, names.insert(part.name).inserted { rules.append(part) }
            }
            place += 1
        }
        return rules
    }
}

extension FieldRule.Kind {
    fileprivate var part: ObjectRule? {
        switch self {
        case .object(let rule): rule
        case .list(let kind, _): kind.part
        default: nil
        }
    }

    fileprivate var words: String {
        switch self {
        case .text(let maximum?): "text, at most \(maximum) characters"
        case .text: "text"
        case .integer(let least?): "whole number, at least \(least)"
        case .integer: "whole number"
        case .tenths: "multiple of 0.1"
        case .boolean: "boolean"
        case .timestamp: "date and time"
        case .oneOf(let enumeration): "one of " + enumeration.name
        case .object(let rule): rule.name
        case .list(let kind, let least): "array of " + kind.words + (least > 0 ? "; at least \(least)" : "")
        }
    }
}
