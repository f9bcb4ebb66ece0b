extension ParseError {
    /// The problem for people, `character` being what stands at `mark` (nil at the end of the text).
    func described(at mark: Mark, character: Unicode.Scalar?) -> YAMLProblem {
        if isTab(character) {
            return YAMLProblem(
                code: .tab, mark: mark, message: "a tab in the indentation; YAML allows only blanks there")
        }
        let code: YAMLProblem.Code = problem.contains("tag handle") ? .anchor : .syntax
        return YAMLProblem(code: code, mark: mark, message: sentence(character: character))
    }

    private func isTab(_ character: Unicode.Scalar?) -> Bool {
        if problem.contains("tab character") { return true }
        return character == "\t" && problem == "found character that cannot start any token"
    }

    private func sentence(character: Unicode.Scalar?) -> String {
        switch problem {
        case "mapping values are not allowed in this context":
            "a colon that begins a value is not allowed here; if it belongs to a text, put the text in quotes, "
                + "else check the indentation"
        case "found character that cannot start any token":
            "a value cannot begin with \(quoted(character.map { String($0) } ?? "")); put it in quotes"
        case "could not find expected ':'":
            "this line is no 'key: value'; a colon and a blank are missing, or a quote is not closed"
        case "did not find expected key":
            "expected a key here; check the indentation and the quotes of \(begun)"
        case "did not find expected '-' indicator":
            "expected '-' here; the list that began in line \(contextMark.line) needs every entry in the same column"
        case "block sequence entries are not allowed in this context":
            "a list cannot begin here; put it on a line of its own"
        case "did not find expected ',' or ']'":
            "expected ',' or ']'; the list that began at \(contextMark) is not closed"
        case "did not find expected ',' or '}'":
            "expected ',' or '}'; the mapping that began at \(contextMark) is not closed"
        case "did not find expected node content":
            "a value is missing here"
        case "found unexpected end of stream":
            "the text ends inside the quotes that began at \(contextMark)"
        case "found unexpected document indicator":
            "a document begins inside the quotes that began at \(contextMark)"
        case "found unknown escape character":
            "unknown escape after '\\'; in double quotes write '\\\\', or use single quotes"
        case "did not find expected hexdecimal number", "found invalid Unicode character escape code":
            "a wrong \\x, \\u or \\U escape; in double quotes write '\\\\' for a backslash, or use single quotes"
        case "did not find expected comment or line break":
            "after '|' or '>' the text begins on the next line"
        case "did not find expected alphabetic or numeric character":
            "a text that begins with '*' or '&' needs quotes"
        case "found undefined tag handle":
            "tags are not allowed; if the text begins with '!', put it in quotes"
        case "did not find expected <document start>":
            "the document has ended before this line; check the indentation"
        case "not enough memory":
            "not enough memory to read the text"
        default:
            "not YAML: \(problem)\(context.isEmpty ? "" : " \(context) (begun at \(contextMark))")"
        }
    }

    private var begun: String {
        context.isEmpty ? "the lines before" : "the part that began in line \(contextMark.line)"
    }
}
