extension YAMLProblem {
    /// An unknown key, with the nearest allowed one as a suggestion, or all of them if they are few.
    public static func unknownKey(_ key: Node, allowed: [String]) -> YAMLProblem {
        let word = key.text ?? ""
        var message = "unknown key \(quoted(word))"
        if let near = closest(to: word, among: allowed) {
            message += "; did you mean '\(near)'?"
        } else if !allowed.isEmpty, allowed.count <= 12 {
            message += "; known here: \(allowed.sorted().joined(separator: ", "))"
        }
        return YAMLProblem(code: .unknownKey, mark: key.mark, message: message)
    }

    /// A node of the wrong kind; `expected` in words, as `a list of points`.
    public static func wrongKind(_ node: Node, expected: String) -> YAMLProblem {
        let found = node.scalar.flatMap { $0.isNull ? nil : quoted($0.text) } ?? node.kind
        return YAMLProblem(code: .wrongKind, mark: node.mark, message: "expected \(expected), found \(found)")
    }
}

/// A text from a file, fit for a message: in quotes, cut after 40 characters, control characters spelled out.
func quoted(_ text: String) -> String {
    var shown = ""
    for scalar in text.unicodeScalars.prefix(40) {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator:
            shown += scalar.escaped(asASCII: true)
        default: shown.unicodeScalars.append(scalar)
        }
    }
    return "'\(shown)\(text.unicodeScalars.count > 40 ? "…" : "")'"
}
