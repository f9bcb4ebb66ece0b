import DeviceProfiles

/// What came of all tests of one profile.
public struct ProfileTestReport: Sendable {
    /// The profile's id.
    public var profile: String
    /// The tests in the order of the file.
    public var outcomes: [TestOutcome]
    /// How much of the profile they touched.
    public var coverage: TestCoverage
    /// Other profiles that take this one's fixtures for their own device: errors, or warnings.
    public var overlaps: [Diagnostic]

    /// Makes a report.
    public init(profile: String, outcomes: [TestOutcome], coverage: TestCoverage, overlaps: [Diagnostic] = []) {
        self.profile = profile
        self.outcomes = outcomes
        self.coverage = coverage
        self.overlaps = overlaps
    }

    /// How many tests passed.
    public var passed: Int { outcomes.count { $0.hasPassed } }
    /// How many tests failed.
    public var failed: Int { outcomes.count - passed }
    /// Everything to be shown: failures of tests and overlaps, in the order of the file.
    public var diagnostics: [Diagnostic] { (outcomes.flatMap(\.failures) + overlaps).sorted() }
    /// Whether all tests passed and no other profile takes the fixtures for its own.
    public var hasPassed: Bool { !diagnostics.contains { $0.severity == .error } }
}

extension ProfileTestReport: CustomStringConvertible {
    /// The failures line by line, then `N passed, N failed` and the coverage.
    public var description: String {
        let lines = diagnostics.map(\.description)
        return (lines + ["\(profile): \(passed) passed, \(failed) failed, \(coverage.percent) % covered"])
            .joined(separator: "\n")
    }
}
