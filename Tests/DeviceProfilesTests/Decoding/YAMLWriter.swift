import TestTools
import YAML

/// Writes a node tree as YAML text in one of many ways that mean the same.
struct YAMLWriter {
    /// How values are quoted.
    enum Quotes: CaseIterable { case asTheyAre, single, double }

    var indentation = 2
    var quotes = Quotes.asTheyAre
    /// Whether lists and mappings stand in brackets from this depth on.
    var flowDepth = Int.max
    var commentsAndBlankLines = false
    /// Reorders keys; nil keeps them.
    var shuffle: SeededGenerator?

    mutating func text(of node: Node) -> String {
        switch node.content {
        case .scalar: return scalar(node) + "\n"
        case .sequence, .mapping: return block(node, depth: 0)
        }
    }

    private mutating func block(_ node: Node, depth: Int) -> String {
        let indent = String(repeating: " ", count: depth * indentation)
        var lines = ""
        switch node.content {
        case .scalar: return indent + scalar(node) + "\n"
        case .sequence(let items):
            for item in items { lines += indent + "- " + inline(item) + "\n" }
        case .mapping(let pairs):
            for (key, value) in ordered(pairs) {
                let name = scalar(key, isKey: true)
                if commentsAndBlankLines { lines += "\n\(indent)# about \(name.filter(\.isLetter))\n" }
                if depth + 1 >= flowDepth || value.scalar != nil || isEmpty(value) {
                    lines += "\(indent)\(name): \(inline(value))\n"
                } else {
                    lines += "\(indent)\(name):\n" + block(value, depth: depth + 1)
                }
            }
        }
        return lines
    }

    private func isEmpty(_ node: Node) -> Bool { node.mapping?.isEmpty ?? node.sequence?.isEmpty ?? false }

    private mutating func inline(_ node: Node) -> String {
        switch node.content {
        case .scalar: return scalar(node)
        case .sequence(let items):
            var parts: [String] = []
            for item in items { parts.append(inline(item)) }
            return "[" + parts.joined(separator: ", ") + "]"
        case .mapping(let pairs):
            var parts: [String] = []
            for (key, value) in ordered(pairs) { parts.append(scalar(key, isKey: true) + ": " + inline(value)) }
            return "{" + parts.joined(separator: ", ") + "}"
        }
    }

    private mutating func ordered(_ pairs: [(key: Node, value: Node)]) -> [(key: Node, value: Node)] {
        guard var generator = shuffle else { return pairs }
        let result = pairs.shuffled(using: &generator)
        shuffle = generator
        return result
    }

    /// Quality words and `~` mean something else in quotes, so they stay plain.
    private func scalar(_ node: Node, isKey: Bool = false) -> String {
        guard let scalar = node.scalar else { return "" }
        if scalar.isNull { return "~" }
        let plain: Set<String> = ["good", "suspect", "stale", "no-data", "missing", "offline", "absent"]
        if scalar.style == .plain, plain.contains(scalar.text) { return scalar.text }
        if isKey, quotes == .asTheyAre { return scalar.style == .plain ? scalar.text : "'\(scalar.text)'" }
        let isQuoted = scalar.style != .plain || scalar.text.contains { ",[]{}#:&*!|>'\"%@`".contains($0) }
        if scalar.text.contains("\n") {
            return "\"" + scalar.text.replacing("\"", with: "\\\"").replacing("\n", with: "\\n") + "\""
        }
        switch quotes {
        case .asTheyAre where !isQuoted: return scalar.text
        case .asTheyAre, .single: return "'" + scalar.text.replacing("'", with: "''") + "'"
        case .double:
            return "\"" + scalar.text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
        }
    }
}
