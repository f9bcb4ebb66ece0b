import DeviceProfiles
import YAML

/// What came of one test.
public struct TestOutcome: Hashable, Sendable {
    /// The test's name.
    public var name: String
    /// Where it stands.
    public var mark: Mark
    /// What went wrong, at the places of what was expected; a test that passed may have warnings.
    public var failures: [Diagnostic]

    /// Makes an outcome.
    public init(name: String, mark: Mark, failures: [Diagnostic] = []) {
        self.name = name
        self.mark = mark
        self.failures = failures
    }

    /// Whether everything came out as expected.
    public var hasPassed: Bool { !failures.contains { $0.severity == .error } }
}
