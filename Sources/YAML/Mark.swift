/// A place in a YAML text, as an editor shows it.
public struct Mark: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// Line, counted from 1. A line ends as in YAML 1.1 section 5.4: CR LF, LF, CR, NEL, LS or PS.
    public let line: Int
    /// Column in characters (Unicode scalars, not bytes), counted from 1.
    public let column: Int

    /// A place; both numbers count from 1.
    public init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    /// Order of appearance in the text.
    public static func < (a: Mark, b: Mark) -> Bool {
        (a.line, a.column) < (b.line, b.column)
    }

    /// `line:column`.
    public var description: String { "\(line):\(column)" }
}
