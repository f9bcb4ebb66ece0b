import YAML

/// A site file as its author wrote it, of which single keys are changed and everything else stays: comments, order, blanks.
///
/// Only block mappings are edited (one key a line); what cannot be changed without touching anything else is refused.
struct SiteFileText {
    /// Why a key cannot be changed.
    enum Refusal: Error, Hashable, CustomStringConvertible {
        /// The file is no YAML that the host reads: its first problem.
        case unreadable(String)
        /// A mapping is written in braces.
        case braces(String)
        /// A value goes over several lines.
        case longValue(String)

        /// What is in the way, and what to do.
        var description: String {
            switch self {
            case .unreadable(let why): "the site file cannot be read: \(why)"
            case .braces(let key):
                "\(key) is written in braces; write it with one key a line, then it can be changed by this command"
            case .longValue(let key): "the value of \(key) goes over several lines; write it on one"
            }
        }
    }

    private var lines: [String]

    init(_ text: String) {
        var lines: [String] = []
        var rest = Substring(text)
        while let end = rest.firstIndex(where: \.isNewline) {
            lines.append(String(rest[...end]))
            rest = rest[rest.index(after: end)...]
        }
        if !rest.isEmpty { lines.append(String(rest)) }
        self.lines = lines
    }

    /// The whole file.
    var text: String { lines.joined() }

    /// The single value of a key of the file, as written without quotes; nil if there is none.
    func scalar(_ key: String) throws(Refusal) -> String? { try root()[key]?.text }

    /// Sets or removes a single value; a new one comes behind `after`.
    mutating func setScalar(_ key: String, to value: String?, after: String) throws(Refusal) {
        let root = try root()
        let whole = Region(lines: 0..<documentEnd, column: 1)
        guard let span = try span(key, in: root, whole, "the site file") else {
            guard let value else { return }
            let behind = try span(after, in: root, whole, "the site file")?.upperBound ?? 0
            endLine(before: behind)
            return lines.insert("\(key): \(value)\(ending)", at: behind)
        }
        guard let value else { return lines.removeSubrange(span) }
        guard span.count == 1, let node = root[key] else { throw .longValue(key) }
        let line = span.lowerBound
        if node.isNull, node.text?.isEmpty ?? true {
            let colon = lines[line].firstIndex(of: ":") ?? lines[line].startIndex
            return lines[line].insert(contentsOf: " " + value, at: lines[line].index(after: colon))
        }
        guard node.scalar != nil, node.mark.line == line + 1 else { throw .longValue(key) }
        lines[line].replaceSubrange(token(at: node.mark, in: lines[line]), with: value)
    }

    /// The lines of a key below a section, as written; nil if there is none.
    func raw(_ key: String, in section: String) throws(Refusal) -> String? {
        guard let place = try children(of: section) else { return nil }
        guard let span = try span(key, in: place.node, place.region, section) else { return nil }
        return lines[span].joined()
    }

    /// Sets or removes a key below a section by whole lines. A section that is missing is made, one that is left empty goes.
    mutating func setRaw(_ key: String, in section: String, to raw: String?) throws(Refusal) {
        guard let place = try children(of: section) else {
            guard let raw else { return }
            let root = try root()
            let whole = Region(lines: 0..<documentEnd, column: 1)
            if let empty = try span(section, in: root, whole, "the site file") { lines.removeSubrange(empty) }
            let end = documentEnd
            endLine(before: end)
            return lines.insert(contentsOf: ["\(section):\(ending)"] + block(raw, column: 3), at: end)
        }
        let new = raw.map { block($0, column: place.region.column) } ?? []
        if let span = try span(key, in: place.node, place.region, section) {
            lines.replaceSubrange(span, with: new)
        } else {
            endLine(before: place.region.lines.upperBound)
            lines.insert(contentsOf: new, at: place.region.lines.upperBound)
        }
        guard try children(of: section)?.node.mapping?.isEmpty ?? true else { return }
        let whole = Region(lines: 0..<documentEnd, column: 1)
        if let empty = try span(section, in: try root(), whole, "the site file") { lines.removeSubrange(empty) }
    }
}

extension SiteFileText {
    /// Where the keys of a mapping are: lines counted from 0, the column from 1.
    private struct Region {
        var lines: Range<Int>
        var column: Int
    }

    private var ending: String { lines.first.map { $0.hasSuffix("\r\n") ? "\r\n" : "\n" } ?? "\n" }

    /// The line at which the document ends: a marker, or the end of the file.
    private var documentEnd: Int {
        let end = lines.indices.dropFirst().first { lines[$0].hasPrefix("...") }
        return trimmed(0..<(end ?? lines.count), column: 1).upperBound
    }

    private func root() throws(Refusal) -> Node {
        let read = YAMLReader.read(Array(text.utf8))
        guard let root = read.root, root.mapping != nil else {
            throw .unreadable(read.problems.first.map { "\($0.message)" } ?? "it is no mapping of keys and values")
        }
        guard root.mark.column == 1, lines[root.mark.line - 1].first != "{" else { throw .braces("the site file") }
        return root
    }

    private func children(of section: String) throws(Refusal) -> (node: Node, region: Region)? {
        let root = try root()
        let whole = Region(lines: 0..<documentEnd, column: 1)
        guard let span = try span(section, in: root, whole, "the site file"), let node = root[section], !node.isNull
        else { return nil }
        guard let first = node.mapping?.first?.key else { return nil }
        guard first.mark.line - 1 > span.lowerBound, node.mark.column == first.mark.column,
            lines[node.mark.line - 1].drop(while: { $0 == " " }).first != "{"
        else { throw .braces(section) }
        return (node, Region(lines: (first.mark.line - 1)..<span.upperBound, column: first.mark.column))
    }

    /// The lines of a key and its value: up to the next key, without the comments that belong to that one.
    private func span(
        _ key: String, in node: Node, _ region: Region, _ name: String
    ) throws(Refusal) -> Range<Int>? {
        guard let place = node.keyNode(key)?.mark else { return nil }
        guard place.column == region.column else { throw .braces(name) }
        let next = (node.mapping ?? []).map(\.key.mark.line).filter { $0 > place.line }.min()
        let end = min(next.map { $0 - 1 } ?? region.lines.upperBound, region.lines.upperBound)
        return trimmed((place.line - 1)..<end, column: region.column)
    }

    /// Without empty lines at the end, and comments that stand no further in than `column`.
    private func trimmed(_ range: Range<Int>, column: Int) -> Range<Int> {
        var end = range.upperBound
        while end > range.lowerBound + 1 {
            let blanks = lines[end - 1].prefix { $0 == " " }.count
            let rest = lines[end - 1].dropFirst(blanks)
            guard rest.first?.isNewline ?? true || (rest.first == "#" && blanks < column) else { break }
            end -= 1
        }
        return range.lowerBound..<end
    }

    /// The characters of a single value: a quoted text with its quotes, or a plain one without the comment behind it.
    private func token(at mark: Mark, in line: String) -> Range<String.Index> {
        let scalars = line.unicodeScalars
        let start = scalars.index(scalars.startIndex, offsetBy: mark.column - 1)
        let rest = line[start...]
        if let quote = rest.first, quote == "\"" || quote == "'" {
            var place = rest.index(after: start)
            while place < rest.endIndex, rest[place] != quote {
                if quote == "\"", rest[place] == "\\" { place = rest.index(after: place) }
                place = rest.index(after: place)
            }
            return start..<(place < rest.endIndex ? rest.index(after: place) : rest.endIndex)
        }
        var end = rest.range(of: " #")?.lowerBound ?? rest.firstIndex(where: \.isNewline) ?? rest.endIndex
        while end > start, rest[rest.index(before: end)] == " " { end = rest.index(before: end) }
        return start..<end
    }

    /// A line that ends the file without a line end gets one, so that another can follow.
    private mutating func endLine(before line: Int) {
        guard line > 0, line <= lines.count, !(lines[line - 1].last?.isNewline ?? true) else { return }
        lines[line - 1] += ending
    }

    /// Lines moved so that their first one begins in a column.
    private func block(_ raw: String, column: Int) -> [String] {
        let lines = SiteFileText(raw).lines
        let present = lines.first?.prefix { $0 == " " }.count ?? 0
        let wanted = column - 1
        return lines.map { line in
            let blanks = line.prefix { $0 == " " }.count
            var moved = String(repeating: " ", count: max(0, blanks + wanted - present)) + line.dropFirst(blanks)
            if !(moved.last?.isNewline ?? false) { moved += ending }
            return moved
        }
    }
}
