/// Reads a YAML text into a tree of nodes, by libyaml's events.
///
/// Scalars stay texts (`no`, `1:30`, `010`, `on` are what they look like). Anchors, aliases, merge keys, tags and
/// several documents are refused, so a small file cannot grow into a large tree.
public enum YAMLReader {
    /// The largest text read, in bytes.
    public static let maximumBytes = 256 * 1024
    /// The deepest nesting of lists and mappings.
    public static let maximumDepth = 64
    /// The most values, keys, lists and mappings together.
    public static let maximumNodes = 100_000

    /// Reads a text; see `read(_:)` for bytes.
    public static func read(_ text: String) -> (root: Node?, problems: [YAMLProblem]) {
        read(Array(text.utf8))
    }

    /// Reads the bytes of a file: UTF-8, with or without a byte order mark, any line ends.
    ///
    /// Problems come in the order of the text. The root is nil only if there are problems: where the text cannot be
    /// read to its end, or where the tree would lack something (an alias, a merge key). With duplicate keys the first
    /// one stays in the tree, so that everything else can be checked as well. An empty file is an empty value at 1:1.
    public static func read(_ bytes: [UInt8]) -> (root: Node?, problems: [YAMLProblem]) {
        let source = SourceText(bytes)
        guard source.problems.isEmpty else { return (nil, source.problems) }
        var builder = TreeBuilder()
        source.bytes.withUnsafeBufferPointer { text in
            guard let stream = EventStream(text) else {
                builder.stop(.syntax, Mark(line: 1, column: 1), "not enough memory to read the text")
                return
            }
            do throws(ParseError) {
                while !builder.isComplete { builder.take(try stream.next()) }
            } catch {
                builder.stop(problem(of: error, in: source))
            }
        }
        return builder.result
    }

    private static func problem(of error: ParseError, in source: SourceText) -> YAMLProblem {
        // libyaml ends every text with a line break of its own, which no editor shows.
        let mark = min(error.mark, source.end)
        let problem = error.described(at: mark, character: source.character(at: mark))
        guard problem.code == .tab else { return problem }
        let others = source.linesIndentedWithTabs.count { $0 > problem.mark.line }
        guard others > 0 else { return problem }
        let more = others == 1 ? "1 line below begins with one too" : "\(others) lines below begin with one too"
        return YAMLProblem(code: .tab, mark: problem.mark, message: "\(problem.message) (\(more))")
    }
}
