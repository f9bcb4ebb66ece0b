extension Value {
    /// Reads what stands beside a point's name: `value` with a number, a boolean, a word of an enumeration, or a list of
    /// set flags; or `text` with free text; or `version` with a text such as `1.0.7`. Nil where there is none of them.
    init?(_ fields: WireFields) throws(WireFault) {
        if let text = try fields.text("text") {
            self = .text(text)
        } else if let version = try fields.text("version") {
            let parts = version.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
            guard parts.count <= 8, !parts.contains(nil) else {
                throw .wrong(fields.place("version"), expected: "numbers with dots between", found: "\"\(version)\"")
            }
            self = .version(parts.compactMap(\.self))
        } else {
            switch fields["value"] {
            case nil: return nil
            case .number(let number): self = .number(number)
            case .bool(let bool): self = .bool(bool)
            case .string(let word): self = .member(word)
            case .array: self = .flags(try fields.texts("value") ?? [])
            case .some(let other):
                throw .wrong(
                    fields.place("value"), expected: "a number, true or false, a word, or a list of words",
                    found: other.kind)
            }
        }
    }

    /// The name and value that stand beside a point's name.
    var wire: (name: String, json: JSON) {
        switch self {
        case .number(let number): ("value", .number(number))
        case .bool(let bool): ("value", .bool(bool))
        case .member(let word): ("value", .string(word))
        case .flags(let names): ("value", .array(names.map(JSON.string)))
        case .text(let text): ("text", .string(text))
        case .version(let parts): ("version", .string(parts.map(String.init).joined(separator: ".")))
        }
    }
}
