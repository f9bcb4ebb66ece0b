/// What came of reading a profile.
public struct ProfileLoad: Sendable {
    /// The profile; nil when there are errors.
    public let document: ProfileDocument?
    /// All findings in the order of the file, warnings included.
    public let diagnostics: [Diagnostic]

    /// Makes a result.
    public init(document: ProfileDocument?, diagnostics: [Diagnostic]) {
        self.document = document
        self.diagnostics = diagnostics
    }

    /// The findings that refuse the profile.
    public var errors: [Diagnostic] { diagnostics.filter { $0.severity == .error } }
}
