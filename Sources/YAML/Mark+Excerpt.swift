extension Mark {
    /// The line of `source` this mark points into, with a caret under the place, for a terminal:
    ///
    ///     12 | charge: of
    ///        |         ^
    ///
    /// Two lines without a line break at the end. Long lines are cut around the place, control characters are
    /// replaced so that a file cannot steer the terminal. Empty if the source has no such line.
    public func excerpt(in source: String) -> String {
        guard line >= 1, let whole = Mark.line(line, of: source) else { return "" }
        let place = min(max(column - 1, 0), whole.count)
        let start = place > Mark.reach ? place - Mark.reach : 0
        let end = min(whole.count, place + Mark.reach)
        let head = (start > 0 ? "…" : "") + Mark.printable(whole[start..<place])
        let tail = Mark.printable(whole[place..<end]) + (end < whole.count ? "…" : "")
        let number = String(line)
        let margin = String(repeating: " ", count: number.count)
        let indent = String(repeating: " ", count: head.unicodeScalars.reduce(0) { $0 + $1.terminalWidth })
        return "\(number) | \(head)\(tail)\n\(margin) | \(indent)^"
    }

    /// Characters shown on either side of the place.
    private static let reach = 70

    private static func line(_ number: Int, of source: String) -> [Unicode.Scalar]? {
        var counter = LineCounter()
        var found: [Unicode.Scalar] = []
        for scalar in source.unicodeScalars {
            counter.step(over: scalar)
            if counter.mark.line > number { break }
            if counter.mark.line == number, counter.mark.column > 1 { found.append(scalar) }
        }
        return counter.mark.line >= number ? found : nil
    }

    private static func printable(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var text = String.UnicodeScalarView()
        for scalar in scalars {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator: text.append(scalar == "\t" ? " " : "·")
            default: text.append(scalar)
            }
        }
        return String(text)
    }
}

extension Unicode.Scalar {
    /// Cells of a terminal: 0 for a combining mark, 2 for East Asian wide characters and emoji (UAX #11), else 1.
    fileprivate var terminalWidth: Int {
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark: return 0
        default: break
        }
        switch value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
            0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
            return 2
        default: return 1
        }
    }
}
