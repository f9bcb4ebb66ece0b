import YAML

/// The lines of a text that belong to the keys of a mapping in block style.
struct BlockText {
    /// The lines of one key, with the remarks above it.
    struct Part {
        var key: Key
        var lines: Range<Int>
        /// The line of the key itself.
        var first: Int
    }

    /// The lines, without their line feeds.
    let lines: [String]

    init(_ text: String) { lines = Bytes.lines(text) }

    /// The parts of `node`, whose lines are those before `end`; nil where it is not in block style, a key a line.
    func parts(of node: Node, end: Int) -> [Part]? {
        guard let pairs = node.mapping, let first = pairs.first, first.key.mark == node.mark else { return nil }
        let column = first.key.mark.column
        var starts: [Int] = []
        for pair in pairs {
            let line = pair.key.mark.line - 1
            guard line < lines.count, pair.key.mark.column == column, line > starts.last ?? -1,
                lines[line].prefix(column - 1).allSatisfy({ $0 == " " })
            else { return nil }
            starts.append(line)
        }
        let last = lastLine(from: starts[starts.count - 1], before: end, indent: column - 1)
        let heads = starts.enumerated().map { place, start in
            head(above: start, after: place > 0 ? starts[place - 1] : start - 1, indent: column - 1)
        }
        return pairs.indices.compactMap { place in
            guard let key = pairs[place].key.key else { return nil }
            let next = place + 1 < heads.count ? heads[place + 1] : last
            return Part(key: key, lines: heads[place]..<next, first: starts[place])
        }
    }

    /// The first of the remarks that stand right above a key, at its indentation.
    private func head(above start: Int, after previous: Int, indent: Int) -> Int {
        var head = start
        while head - 1 > previous, isRemark(lines[head - 1], indent: indent) { head -= 1 }
        return head
    }

    /// The end of the last key: empty lines and remarks of what comes after do not belong to it.
    private func lastLine(from start: Int, before end: Int, indent: Int) -> Int {
        var last = min(end, lines.count)
        while last - 1 > start, isEmpty(lines[last - 1]) || isRemark(lines[last - 1], indent: indent) { last -= 1 }
        return last
    }

    private func isEmpty(_ line: String) -> Bool {
        line.utf8.allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\r") }
    }

    private func isRemark(_ line: String, indent: Int) -> Bool {
        let blanks = line.prefix { $0 == " " }.count
        return blanks <= indent && line.dropFirst(blanks).hasPrefix("#")
    }

    /// Some lines, moved so that what began in column `from` begins in column `to`.
    func moved(_ range: Range<Int>, from: Int, to: Int) -> [String] {
        lines[range].map { line in
            if line.isEmpty || from == to { return line }
            if to > from { return String(repeating: " ", count: to - from) + line }
            let blanks = line.prefix { $0 == " " }.count
            return String(line.dropFirst(min(blanks, from - to)))
        }
    }
}
