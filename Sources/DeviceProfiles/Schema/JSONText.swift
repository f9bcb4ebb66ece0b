/// A JSON text in the making; keys keep their order, so the same input gives the same bytes.
indirect enum JSONText: Hashable, Sendable {
    case string(String)
    case integer(Int)
    case bool(Bool)
    case array([JSONText])
    case pairs([Pair])

    struct Pair: Hashable, Sendable {
        var key: String
        var value: JSONText
    }

    static func object(_ pairs: [(String, JSONText)]) -> JSONText { .pairs(pairs.map(Pair.init)) }
    static func strings(_ texts: [String]) -> JSONText { .array(texts.map(JSONText.string)) }

    /// Indented by two blanks, with a line feed at the end; short lists and objects stand on one line.
    var pretty: String { written(indent: 0) + "\n" }

    private static let lineLength = 110

    private func written(indent: Int) -> String {
        let short = flat
        if short.utf8.count + indent <= JSONText.lineLength { return short }
        let inner = String(repeating: " ", count: indent + 2)
        let outer = String(repeating: " ", count: indent)
        switch self {
        case .array(let items):
            let lines = items.map { inner + $0.written(indent: indent + 2) }
            return "[\n" + lines.joined(separator: ",\n") + "\n\(outer)]"
        case .pairs(let pairs):
            let lines = pairs.map { inner + JSONText.quoted($0.key) + ": " + $0.value.written(indent: indent + 2) }
            return "{\n" + lines.joined(separator: ",\n") + "\n\(outer)}"
        default: return short
        }
    }

    private var flat: String {
        switch self {
        case .string(let text): JSONText.quoted(text)
        case .integer(let number): String(number)
        case .bool(let value): value ? "true" : "false"
        case .array(let items): "[" + items.map(\.flat).joined(separator: ", ") + "]"
        case .pairs(let pairs):
            "{" + pairs.map { JSONText.quoted($0.key) + ": " + $0.value.flat }.joined(separator: ", ") + "}"
        }
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case "\r": result += "\\r"
            case _ where scalar.value < 0x20:
                let hex = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
