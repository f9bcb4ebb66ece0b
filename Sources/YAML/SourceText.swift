/// The bytes of a file, checked before libyaml sees them: size, UTF-8, no characters YAML forbids.
struct SourceText {
    /// UTF-8 without a byte order mark.
    let bytes: [UInt8]
    /// Empty if the text may be parsed.
    let problems: [YAMLProblem]

    /// More of the same helps nobody: a binary file would fill the screen.
    private static let mostProblems = 10

    init(_ raw: [UInt8]) {
        let start = Mark(line: 1, column: 1)
        bytes = raw.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(raw.dropFirst(3)) : raw
        if raw.count > YAMLReader.maximumBytes {
            let text = "the file has \(raw.count) bytes; at most \(YAMLReader.maximumBytes) are read"
            problems = [YAMLProblem(code: .tooLarge, mark: start, message: text)]
        } else if raw.starts(with: [0xFF, 0xFE]) || raw.starts(with: [0xFE, 0xFF]) {
            let text = "the file is in UTF-16; save it as UTF-8"
            problems = [YAMLProblem(code: .encoding, mark: start, message: text)]
        } else {
            problems = SourceText.wrongCharacters(in: bytes)
        }
    }

    /// The character at a mark, nil behind the end.
    func character(at mark: Mark) -> Unicode.Scalar? {
        var counter = LineCounter()
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            if counter.mark == mark { return scalar }
            counter.step(over: scalar)
        }
        return nil
    }

    /// The place behind the last character.
    var end: Mark {
        var counter = LineCounter()
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars { counter.step(over: scalar) }
        return counter.mark
    }

    /// The lines whose indentation holds a tab.
    var linesIndentedWithTabs: [Int] {
        var counter = LineCounter()
        var lines: [Int] = []
        var indenting = true
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            if counter.mark.column == 1 { indenting = true }
            if indenting, scalar == "\t", lines.last != counter.mark.line { lines.append(counter.mark.line) }
            if scalar != " ", scalar != "\t" { indenting = false }
            counter.step(over: scalar)
        }
        return lines
    }

    private static func wrongCharacters(in bytes: [UInt8]) -> [YAMLProblem] {
        var problems: [YAMLProblem] = []
        var counter = LineCounter()
        var parser = Unicode.UTF8.ForwardParser()
        var iterator = bytes.makeIterator()
        while problems.count < mostProblems {
            switch parser.parseScalar(from: &iterator) {
            case .emptyInput: return problems
            case .error:
                let text = "not UTF-8; save the file as UTF-8"
                problems.append(YAMLProblem(code: .encoding, mark: counter.mark, message: text))
                counter.step(over: "\u{FFFD}")
            case .valid(let encoded):
                let scalar = Unicode.UTF8.decode(encoded)
                if !isAllowed(scalar) {
                    let text = "the character \(scalar.codePoint) is not allowed; remove it"
                    problems.append(YAMLProblem(code: .encoding, mark: counter.mark, message: text))
                }
                counter.step(over: scalar)
            }
        }
        return problems
    }

    /// YAML 1.1 section 5.1, `c-printable`. A byte order mark inside the text is left out: nobody sees it, and a key
    /// with one is another key.
    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A, 0x0D, 0x20...0x7E, 0x85, 0xA0...0xD7FF, 0x10000...0x10FFFF: true
        case 0xE000...0xFFFD: scalar.value != 0xFEFF
        default: false
        }
    }
}

extension Unicode.Scalar {
    /// `U+00A0`.
    fileprivate var codePoint: String {
        let digits = String(value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
