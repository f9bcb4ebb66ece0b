import CYAML

/// What libyaml says about a text it cannot read.
struct ParseError: Error {
    /// libyaml's own words.
    let problem: String
    /// What it was reading, in its own words, and where that began.
    let context: String
    let contextMark: Mark
    let mark: Mark

    init(_ parser: yaml_parser_t) {
        let memory = parser.error == YAML_MEMORY_ERROR
        problem = memory ? "not enough memory" : parser.problem.map { String(cString: $0) } ?? "unknown error"
        context = parser.context.map { String(cString: $0) } ?? ""
        contextMark = Mark(parser.context_mark)
        mark = Mark(parser.problem_mark)
    }
}
