import YAML

/// Writes a merge into the lines of the local text.
struct TextMerge {
    private struct Edit {
        var lines: Range<Int>
        var text: [String]
    }

    private let ours: BlockText
    private let theirs: BlockText
    private var edits: [Edit] = []

    init(ours: String, theirs: String) {
        self.ours = BlockText(ours)
        self.theirs = BlockText(theirs)
    }

    /// The merged text, as far as it can be written line by line.
    mutating func text(_ base: Node, _ mine: Node, _ new: Node) -> String {
        edits = []
        merge(base, mine, new, end: ours.lines.count, newEnd: theirs.lines.count)
        var result: [String] = []
        var line = 0
        let order = edits.enumerated().sorted { a, b in
            (a.element.lines.lowerBound, a.element.lines.isEmpty ? 0 : 1, a.offset)
                < (b.element.lines.lowerBound, b.element.lines.isEmpty ? 0 : 1, b.offset)
        }
        for (_, edit) in order where edit.lines.lowerBound >= line {
            result += ours.lines[line..<edit.lines.lowerBound]
            result += edit.text
            line = edit.lines.upperBound
        }
        result += ours.lines[line...]
        return result.joined(separator: "\n")
    }

    /// Whether the two mappings could be merged line by line.
    @discardableResult
    private mutating func merge(_ base: Node?, _ mine: Node, _ new: Node, end: Int, newEnd: Int) -> Bool {
        guard let parts = ours.parts(of: mine, end: end), let others = theirs.parts(of: new, end: newEnd),
            let column = mine.mapping?.first?.key.mark.column, let newColumn = new.mapping?.first?.key.mark.column
        else { return false }
        func taken(_ part: BlockText.Part) -> [String] {
            theirs.moved(part.lines, from: newColumn, to: column)
        }
        for part in parts {
            let other = others.first { $0.key == part.key }
            switch NodeMerge.choice(base?[part.key], mine[part.key], new[part.key]) {
            case .ours, .conflict: break
            case .theirs: edits.append(Edit(lines: part.lines, text: other.map(taken) ?? []))
            case .both(let a, let b):
                guard let other else { break }
                if !merge(base?[part.key], a, b, end: part.lines.upperBound, newEnd: other.lines.upperBound) {
                    write(base?[part.key], a, b, part, column)
                }
            }
        }
        for (place, other) in others.enumerated() where mine[other.key] == nil {
            guard case .theirs = NodeMerge.choice(base?[other.key], nil, new[other.key]) else { continue }
            let before = others[..<place].last { sibling in parts.contains { $0.key == sibling.key } }
            let at = before.flatMap { sibling in parts.first { $0.key == sibling.key } }?.lines.upperBound
            let line = at ?? parts[0].lines.lowerBound
            edits.append(Edit(lines: line..<line, text: taken(other)))
        }
        return true
    }

    /// The remark behind a value in flow style, with the blanks before it.
    private func remark(_ line: Substring) -> String {
        guard let end = line.lastIndex(of: "}") else { return "" }
        let rest = line[line.index(after: end)...]
        return rest.drop { $0 == " " }.hasPrefix("#") ? String(rest) : ""
    }

    /// Replaces a key whose value is not in block style by one line.
    private mutating func write(_ base: Node?, _ a: Node, _ b: Node, _ part: BlockText.Part, _ column: Int) {
        var merge = NodeMerge()
        let value = merge.merged(base, a, b)
        let key = ours.lines[part.first].dropFirst(column - 1)
        // What is in front of the colon is kept as it is written.
        guard let colon = key.firstIndex(of: ":") else { return }
        let line = String(repeating: " ", count: column - 1) + key[..<colon] + ": " + FlowText.text(value) + remark(key)
        edits.append(Edit(lines: part.first..<part.lines.upperBound, text: [line]))
    }
}
