import DriverAPI

extension KeyForm {
    /// The sections that stand inside.
    var sections: [SectionName] {
        switch self {
        case .section(let name): [name]
        case .list(let form), .map(_, let form), .later(_, let form): form.sections
        case .either(let forms): forms.flatMap(\.sections)
        default: []
        }
    }

    /// The form as a JSON Schema; YAML readers of editors give numbers and booleans where a file has plain ones.
    func schema(isPatch: Bool) -> JSONText {
        switch self {
        case .text: Self.typed(["string", "number", "boolean"])
        case .literal, .expression: Self.typed(["string", "number", "boolean"])
        case .localized: Self.localizedText
        case .boolean: Self.typed(["boolean"])
        case .integer(let range): Self.integer(range)
        case .number: Self.typed(["number"])
        case .factor: Self.numeric("^-?[0-9]+/[0-9]+$")
        case .unit: .object([("enum", .strings(Self.units))])
        case .quantity: Self.pattern("^-?[0-9]+(\\.[0-9]+)? (\(Self.units.joined(separator: "|")))$")
        case .duration: Self.pattern("^[0-9]+(\\.[0-9]+)? (ms|s|min|h|day)$")
        case .address: Self.integer(0...465_536)
        case .span: Self.numeric(TextShape.span.pattern ?? "", integer: true)
        case .budget: Self.pattern("^[1-9][0-9]*/(hour|day|week|month|year)$")
        case .word(let words): .object([("enum", .array(words.flatMap(Self.word)))])
        case .shaped(let shape): Self.shaped(shape)
        case .bounds: Self.array(Self.typed(["string", "number"]), count: 2)
        case .list(let item): Self.array(item.schema(isPatch: false))
        case .section(let name): Self.reference(name, isPatch: isPatch)
        case .map(let keys, let item): Self.map(keys, item, isPatch: isPatch)
        case .either(let forms): .object([("anyOf", .array(forms.map { $0.schema(isPatch: isPatch) }))])
        case .later(_, let form): form.schema(isPatch: isPatch)
        }
    }

    private static func typed(_ types: [String]) -> JSONText {
        .object([("type", types.count == 1 ? .string(types[0]) : .strings(types))])
    }

    private static func pattern(_ pattern: String) -> JSONText {
        .object([("type", .string("string")), ("pattern", .string(pattern))])
    }

    /// A number, or a text of this pattern.
    private static func numeric(_ pattern: String, integer: Bool = false) -> JSONText {
        .object([("type", .strings([integer ? "integer" : "number", "string"])), ("pattern", .string(pattern))])
    }

    private static func integer(_ range: ClosedRange<Int>?) -> JSONText {
        var pairs: [(String, JSONText)] = [("type", .string("integer"))]
        if let range { pairs += [("minimum", .integer(range.lowerBound)), ("maximum", .integer(range.upperBound))] }
        return .object(pairs)
    }

    /// A word as editors read it: `1` and `true` are no texts there.
    private static func word(_ word: String) -> [JSONText] {
        switch word {
        case "true": [.bool(true)]
        case "false": [.bool(false)]
        default: Int(word).map { [.integer($0), .string(word)] } ?? [.string(word)]
        }
    }

    private static func shaped(_ shape: TextShape) -> JSONText {
        guard let pattern = shape.pattern else { return typed(["string", "number", "boolean"]) }
        let types = shape == .member ? ["string", "integer", "boolean"] : ["string"]
        return .object([
            ("type", types.count == 1 ? .string(types[0]) : .strings(types)), ("pattern", .string(pattern)),
        ])
    }

    private static func array(_ item: JSONText, count: Int? = nil) -> JSONText {
        var pairs: [(String, JSONText)] = [("type", .string("array")), ("items", item)]
        if let count { pairs += [("minItems", .integer(count)), ("maxItems", .integer(count))] }
        return .object(pairs)
    }

    private static func reference(_ name: SectionName, isPatch: Bool) -> JSONText {
        .object([("$ref", .string("#/definitions/\(isPatch ? "patch_" : "")\(name.rawValue)"))])
    }

    private static func map(_ keys: TextShape, _ item: KeyForm, isPatch: Bool) -> JSONText {
        var value = item.schema(isPatch: isPatch)
        if isPatch { value = .object([("anyOf", .array([value, typed(["null"])]))]) }
        guard let pattern = keys.pattern else {
            return .object([("type", .string("object")), ("additionalProperties", value)])
        }
        return .object([
            ("type", .string("object")), ("patternProperties", .object([(pattern, value)])),
            ("additionalProperties", .bool(false)),
        ])
    }

    private static let localizedText: JSONText = .object([
        (
            "anyOf",
            .array([
                typed(["string", "number"]),
                .object([
                    ("type", .string("object")), ("additionalProperties", typed(["string", "number"])),
                    ("required", .strings(["en"])),
                ]),
            ])
        )
    ])

    private static let units = Unit.allCases.map(\.rawValue)
}
