import DeviceProfiles
import Testing

@testable import ProfileTesting

/// Runs the tests of a changed profile.
func report(_ path: String, replacing changes: [(String, String)] = []) async throws -> ProfileTestReport {
    var text = try Library.text(path)
    for (old, new) in changes {
        try #require(text.contains(old), "the profile \(path) has changed: \(old)")
        text = text.replacing(old, with: new)
    }
    return await ProfileTestRunner(profile: try Library.document(text, file: path), file: path).run()
}

@Suite struct RunnerTests {
    let powerBrain = "wallbox/cfos.power-brain.yaml"
    let meter = "meter/eastron.sdm630.yaml"

    /// The line and column, counted from 1, of the first occurrence of a text.
    func place(of text: String, in path: String) throws -> (line: Int, column: Int) {
        for (line, content) in try Library.text(path).split(separator: "\n", omittingEmptySubsequences: false)
            .enumerated()
        {
            if let range = content.firstRange(of: text) {
                return (line + 1, content.distance(from: content.startIndex, to: range.lowerBound) + 1)
            }
        }
        throw Missing()
    }
    struct Missing: Error {}

    @Test func aWrongValueFailsAtItsPlaceWithWhatWasFound() async throws {
        let report = try await report(powerBrain, replacing: [("power: 11040 W", "power: 11041 W")])
        let failure = try #require(report.diagnostics.first)
        let place = try place(of: "power: 11040 W", in: powerBrain)
        #expect(report.failed == 1)
        #expect(failure.code == "P052")
        #expect((failure.line, failure.column) == place)
        #expect(failure.message.contains("power is 11040 W, expected 11041 W"))
    }

    @Test func aWrongQualityFails() async throws {
        let report = try await report(powerBrain, replacing: [("power: no-data", "power: absent")])
        #expect(report.failed == 1)
        #expect(report.diagnostics.first?.message.contains("power is no-data, expected absent") == true)
    }

    @Test func aValueInsideItsTolerancePassesAndOutsideFails() async throws {
        let inside = try await report(powerBrain, replacing: [("power: 11040 W", "power: 11050 W +- 10 W")])
        #expect(inside.failed == 0)
        let outside = try await report(powerBrain, replacing: [("power: 11040 W", "power: 11051 W +- 10 W")])
        #expect(outside.failed == 1)
    }

    @Test func aWrongWriteFrameFails() async throws {
        let report = try await report(
            powerBrain, replacing: [(#"expect_writes: ["06 1F9E 0000"]"#, #"expect_writes: ["06 1F9E 0001"]"#)])
        #expect(report.failed == 1)
        #expect(report.diagnostics.first?.message.contains(#"["06 1F9E 0000"], expected ["06 1F9E 0001"]"#) == true)
    }

    @Test func aMissingRefusalFails() async throws {
        let report = try await report(
            powerBrain,
            replacing: [("command: {charge: 4 A}", "command: {charge: 4 A}\n    expect_refused: too low")])
        #expect(report.failed == 1)
        #expect(report.diagnostics.first?.message.contains("no refusal") == true)
    }

    @Test func aWrongPlanFailsInTheNotationOfTheTest() async throws {
        let report = try await report(meter, replacing: [("04 0x0000+76", "04 0x0000+78")])
        #expect(report.failed == 1)
        #expect(report.diagnostics.contains { $0.message.contains(#"is ["04 0x0000+76","#) })
    }

    @Test func aWrongScoreFails() async throws {
        let report = try await report(
            powerBrain, replacing: [("expect: {identify: 100,", "expect: {identify: 90,")])
        #expect(report.diagnostics.first?.message.contains("identify is 100, expected 90") == true)
    }

    @Test func theFailSafeScenarioFailsWithAnotherCurrent() async throws {
        let report = try await report(
            powerBrain, replacing: [("expect_device: {current_offered: 6 A}", "expect_device: {current_offered: 10 A}")]
        )
        #expect(report.failed == 1)
        #expect(
            report.diagnostics.first?.message.contains("the device's current_offered is 6 A, expected 10 A") == true)
    }

    @Test func theFailSafeScenarioFailsOneTickBeforeTheDeadline() async throws {
        let report = try await report(
            powerBrain, replacing: [("{at: 311 s, expect_device", "{at: 308 s, expect_device")])
        #expect(
            report.diagnostics.first?.message.contains("the device's current_offered is 10 A, expected 6 A") == true)
    }

    @Test func theReportCountsAndNamesTheCoverage() async throws {
        let report = try await report(powerBrain, replacing: [("power: 11040 W", "power: 1 W")])
        let total = report.outcomes.count
        #expect("\(report)".hasSuffix("\(total - 1) passed, 1 failed, \(report.coverage.percent) % covered"))
        #expect(report.coverage.percent < 100)
        #expect(report.coverage.members.missing.contains("state: A"))
    }
}

@Suite struct SilentFixtureTests {
    @Test func aSilentDeviceIsOffline() async throws {
        let fixture = "fixtures:\n  dead: {origin: synthetic, silent: true}\n"
        let test = "tests:\n  - {name: dead, given: dead, expect: {state: offline, power: offline}}\n"
        let report = try await report(
            "wallbox/cfos.power-brain.yaml", replacing: [("fixtures:\n", fixture), ("\ntests:\n", "\n" + test)])
        #expect(report.outcomes.first?.name == "dead")
        #expect(report.failed == 0, "\(report)")
    }
}
