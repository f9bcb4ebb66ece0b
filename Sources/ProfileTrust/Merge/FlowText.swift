import YAML

/// Writes trees in flow style, each on one line.
enum FlowText {
    static func text(_ node: Node) -> String {
        switch node.content {
        case .scalar(let scalar): text(scalar)
        case .sequence(let items): "[" + items.map(text).joined(separator: ", ") + "]"
        case .mapping(let pairs):
            "{" + pairs.map { "\(text($0.key)): \(text($0.value))" }.joined(separator: ", ") + "}"
        }
    }

    /// The whole of a document: one line for each key of the first two levels.
    static func document(_ node: Node) -> String {
        guard let pairs = node.mapping, !pairs.isEmpty else { return text(node) + "\n" }
        return pairs.map { pair in
            guard let inner = pair.value.mapping, !inner.isEmpty else {
                return "\(text(pair.key)): \(text(pair.value))\n"
            }
            return "\(text(pair.key)):\n" + inner.map { "  \(text($0.key)): \(text($0.value))\n" }.joined()
        }.joined()
    }

    private static func text(_ scalar: Scalar) -> String {
        if scalar.isNull { return "~" }
        // Words that mean the same without quotes wherever they stand, such as `20 ms`.
        let isWord =
            scalar.text.contains { $0.isLetter || $0.isNumber } && !scalar.text.hasPrefix("-")
            && !scalar.text.hasPrefix(" ") && !scalar.text.hasSuffix(" ")
            && scalar.text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "/"),
                    UInt8(ascii: "-"), UInt8(ascii: " "):
                    true
                default: false
                }
            }
        return isWord ? scalar.text : quoted(scalar.text)
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case "\u{85}": result += "\\N"
            case "\u{2028}": result += "\\L"
            case "\u{2029}": result += "\\P"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
