/// Follows a text and knows the mark of the next character, counting lines as libyaml does (YAML 1.1 section 5.4).
struct LineCounter {
    private(set) var mark = Mark(line: 1, column: 1)
    private var afterCarriageReturn = false

    /// Moves behind `scalar`. A line feed right after a carriage return belongs to the same line break. A byte order
    /// mark at the very beginning takes no column.
    mutating func step(over scalar: Unicode.Scalar) {
        defer { afterCarriageReturn = scalar == "\r" }
        if scalar == "\n", afterCarriageReturn { return }
        if scalar.endsLine {
            mark = Mark(line: mark.line + 1, column: 1)
        } else if scalar != "\u{FEFF}" || mark != Mark(line: 1, column: 1) {
            mark = Mark(line: mark.line, column: mark.column + 1)
        }
    }
}

extension Unicode.Scalar {
    var endsLine: Bool {
        switch self {
        case "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}": true
        default: false
        }
    }
}
