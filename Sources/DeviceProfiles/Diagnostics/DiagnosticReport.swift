/// The findings of one or more profiles in the forms that other tools read.
public enum DiagnosticReport {
    /// The findings line by line, as ``Diagnostic/description`` gives them; empty for none.
    public static func text(_ diagnostics: [Diagnostic]) -> String {
        diagnostics.map { $0.description + "\n" }.joined()
    }

    /// A JSON list of the findings with the keys `file line column code severity message`.
    public static func json(_ diagnostics: [Diagnostic]) -> String {
        let list = diagnostics.map { finding in
            JSONText.object([
                ("file", .string(finding.file)), ("line", .integer(finding.line)), ("column", .integer(finding.column)),
                ("code", .string(finding.code)), ("severity", .string(finding.severity.rawValue)),
                ("message", .string(finding.message)),
            ])
        }
        return JSONText.array(list).pretty
    }

    /// The findings as SARIF 2.1.0 (OASIS Static Analysis Results Interchange Format), for comments on pull requests.
    public static func sarif(_ diagnostics: [Diagnostic], toolVersion: String) -> String {
        let rules = DiagnosticCode.allCases.map { code in
            JSONText.object([
                ("id", .string(code.rawValue)), ("shortDescription", .object([("text", .string(code.summary))])),
                ("defaultConfiguration", .object([("level", .string(code.severity.rawValue))])),
            ])
        }
        let driver = JSONText.object([
            ("name", .string("chargehost profile lint")), ("version", .string(toolVersion)), ("rules", .array(rules)),
        ])
        let run = JSONText.object([
            ("tool", .object([("driver", driver)])), ("columnKind", .string("unicodeCodePoints")),
            ("results", .array(diagnostics.map(result))),
        ])
        return JSONText.object([
            ("$schema", .string("https://json.schemastore.org/sarif-2.1.0.json")), ("version", .string("2.1.0")),
            ("runs", .array([run])),
        ]).pretty
    }

    private static func result(_ finding: Diagnostic) -> JSONText {
        let region = JSONText.object([
            ("startLine", .integer(finding.line)), ("startColumn", .integer(finding.column)),
        ])
        let place = JSONText.object([
            ("artifactLocation", .object([("uri", .string(finding.file))])), ("region", region),
        ])
        return .object([
            ("ruleId", .string(finding.code)), ("level", .string(finding.severity.rawValue)),
            ("message", .object([("text", .string(finding.message))])),
            ("locations", .array([.object([("physicalLocation", place)])])),
        ])
    }
}
