import DeviceProfiles
import DriverAPI
import ModbusProfile
import ReadPlanning
import Simulator

/// Runs the tests of one profile: its fixtures become simulated devices, the engine is the host, the time is virtual.
public struct ProfileTestRunner: Sendable {
    /// The profile.
    public let profile: any VariableProfile
    /// Its file, for the places of failures.
    public let file: String
    /// Other profiles, for `not` and the overlap check.
    public let library: [any VariableProfile]

    /// Makes a runner; `library` may hold the profile itself.
    public init(profile: any VariableProfile, file: String, library: [any VariableProfile] = []) {
        self.profile = profile
        self.file = file
        self.library = library.filter { $0.profile.id != profile.profile.id }
    }

    /// Runs all tests and the overlap check.
    public func run() async -> ProfileTestReport {
        var record = CoverageRecord()
        var outcomes: [TestOutcome] = []
        for test in profile.profile.tests { outcomes.append(await run(test, &record)) }
        let overlaps = await OverlapCheck(profile: profile, file: file, library: library).diagnostics()
        return ProfileTestReport(
            profile: profile.profile.id, outcomes: outcomes, coverage: record.coverage(of: profile.profile),
            overlaps: overlaps)
    }

    /// Runs one test.
    public func run(_ test: ProfileTest) async -> TestOutcome {
        var record = CoverageRecord()
        return await run(test, &record)
    }

    private func run(_ test: ProfileTest, _ record: inout CoverageRecord) async -> TestOutcome {
        var session = TestSession(runner: self, test: test, record: record)
        await session.run()
        record = session.record
        return TestOutcome(name: test.name, mark: test.mark, failures: session.failures.diagnostics)
    }
}
