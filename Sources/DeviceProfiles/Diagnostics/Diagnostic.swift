import YAML

/// One finding in a profile: what, where and what to do.
public struct Diagnostic: Codable, Hashable, Sendable {
    /// How much it weighs.
    public enum Severity: String, Codable, Sendable, CaseIterable {
        /// The profile is refused.
        case error
        /// The profile passes; the finding is shown.
        case warning
    }

    /// The file as the caller named it.
    public var file: String
    /// The line, counted from 1.
    public var line: Int
    /// The column in characters, counted from 1.
    public var column: Int
    /// The rule, such as `P020`; see ``DiagnosticCode``.
    public var code: String
    /// Its weight.
    public var severity: Severity
    /// One sentence for people, without place and code.
    public var message: String

    /// Makes a finding of a rule, with the rule's severity.
    public init(_ code: DiagnosticCode, file: String, mark: Mark, message: String) {
        self.file = file
        line = mark.line
        column = mark.column
        self.code = code.rawValue
        severity = code.severity
        self.message = message
    }

    /// The place in the file.
    public var mark: Mark { Mark(line: line, column: column) }
}

extension Diagnostic: CustomStringConvertible {
    /// `file:line:column code text`; the text of a warning begins with `warning: `.
    public var description: String {
        "\(file):\(line):\(column) \(code) \(severity == .warning ? "warning: " : "")\(message)"
    }
}

extension Diagnostic: Comparable {
    /// Orders by file, place, code and text.
    public static func < (a: Diagnostic, b: Diagnostic) -> Bool {
        (a.file, a.line, a.column, a.code, a.message) < (b.file, b.line, b.column, b.code, b.message)
    }
}
