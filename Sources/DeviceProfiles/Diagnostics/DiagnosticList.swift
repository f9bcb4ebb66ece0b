import YAML

/// Gathers the findings of one load; the same finding is kept once, however often it is made.
final class DiagnosticList {
    let file: String
    private(set) var diagnostics: Set<Diagnostic> = []

    init(file: String) { self.file = file }

    func add(_ code: DiagnosticCode, at mark: Mark, _ message: String, subject: String? = nil) {
        let text = subject.map { "\(message) (\($0))" } ?? message
        diagnostics.insert(Diagnostic(code, file: file, mark: mark, message: text))
    }

    func add(_ problem: YAMLProblem, subject: String? = nil) {
        add(
            DiagnosticCode(rawValue: problem.code.rawValue) ?? .syntax, at: problem.mark, problem.message,
            subject: subject)
    }

    /// In the order of the file.
    var sorted: [Diagnostic] { diagnostics.sorted() }
    var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
}
