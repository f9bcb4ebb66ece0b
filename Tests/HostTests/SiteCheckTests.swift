import Foundation
import Testing

@testable import Host

/// What the check of a site finds, with the profiles of the library.
@Suite struct SiteCheckTests {
    private func report(_ supply: String, _ garage: String = "", _ rest: String = "") throws -> SiteCheck.Report {
        let text = """
            schema: site/1
            name: Nord
            supply: {\(supply)}
            circuits:
              - {id: basement, limit: 32 A}
            devices:
              - {id: grid, profile: eastron.sdm630, address: 10.0.0.9, role: grid}
              - {id: a, profile: keba.p30, address: 10.0.0.1, circuit: basement\(garage)}
              - {id: b, profile: heidelberg.energy-control, address: "/dev/ttyUSB0,19200,8,e,1", unit: 1}
              - {id: c, profile: go-e.charger, address: 10.0.0.3, unattended: accepted}
            \(rest)
            """
        let (site, problems) = SiteReader.read(Array(text.utf8), file: "s.yaml")
        #expect(problems == [])
        let checkout = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return SiteCheck(
            try #require(site), library: ProfileLibrary(library: checkout.appendingPathComponent("Profiles").path)
        ).report()
    }

    @Test func theHostSetsWhatBoxesDoWithoutIt() throws {
        let report = try report("limit: 40 A, meter: grid, meter_lost: 20 A")
        #expect(!report.problems.contains { $0.severity == .error }, "\(report.problems)")
        #expect(report.failSafes.map(\.box) == ["a", "b", "c"])
        #expect(report.failSafes.map(\.current_a).prefix(2) == [6, 6])
        #expect(report.failSafes.map(\.isSet) == [true, true, false])
        #expect(report.failSafes[2].after_s == nil)
        #expect(report.problems.contains { $0.code == .unattended && $0.message.contains("'c' has no watchdog") })
    }

    @Test func boxesStopWhereTheirMinimumDoesNotFitBesideTheHouse() throws {
        let report = try report("limit: 40 A, meter: grid, meter_lost: 30 A")
        #expect(report.failSafes.map(\.current_a).prefix(2) == [0, 0])
        #expect(!report.problems.contains { $0.severity == .error }, "\(report.problems)")
    }

    @Test func whatTheInstallerKeepsIsCountedAgainstTheFuse() throws {
        let report = try report(
            "limit: 40 A, meter: grid, meter_lost: 30 A", ", failsafe: {current: 16 A}")
        let problem = try #require(report.problems.first { $0.code == .fallBack })
        #expect(problem.severity == .error)
        #expect(problem.message.contains("would fit"))
    }

    @Test func aBoxWithoutWatchdogNobodyAcceptedIsAnError() throws {
        let report = try report(
            "limit: 20 A", "", "  - {id: d, profile: go-e.charger, address: 10.0.0.4}")
        #expect(report.problems.contains { $0.code == .fallBack && $0.severity == .error })
    }

    @Test func boxesThatSpeakOCPPAreInTheSumsOfTheFallBackCurrents() throws {
        let slaves = """
              - {id: yard, address: "ocpp://BOX7", options: {rated_current: 16 A}}
              - {id: north, address: "ocpp://BOX8", failsafe: {current: 16 A, timeout: 90 s}}
            ocpp: {slaves: {json: "127.0.0.1:1"}}
            """
        // The house takes 10 A, a and b 6 A each, yard 6 A, north 16 A: 44 A.
        let fitting = try report("limit: 44 A, meter: grid, meter_lost: 10 A", "", slaves)
        #expect(fitting.failSafes.map(\.box) == ["a", "b", "c", "yard", "north"])
        let fallbacks = Dictionary(uniqueKeysWithValues: fitting.failSafes.map { ($0.box, $0) })
        #expect(fallbacks["yard"]?.after_s == 120 && fallbacks["yard"]?.isSet == true)
        #expect(fallbacks["north"]?.current_a == 16 && fallbacks["north"]?.after_s == 90)
        #expect(fallbacks["north"]?.text.contains("charging profile") == true)
        #expect(!fitting.problems.contains { $0.code == .fallBack && $0.severity == .error }, "\(fitting.problems)")
        // 16 A that the installer wants and the house of 30 A are too much for 44 A, whatever the others do.
        let over = try report("limit: 44 A, meter: grid, meter_lost: 30 A", "", slaves)
        #expect(over.problems.contains { $0.code == .fallBack && $0.severity == .error }, "\(over.problems)")
        #expect(over.failSafes.first { $0.box == "yard" }?.current_a == 0)
    }

    @Test func aBoxThatCanNeverChargeIsNamed() throws {
        let report = try report("limit: 7 A, reserve: 2 A")
        let named = report.problems.filter { $0.message.contains("never charges") }
        #expect(named.count == 3)
        #expect(named[0].message.contains("circuit supply carries 5.0 A"))
    }

    @Test func everyCircuitHasAReactionTimeAndEveryLineALoad() throws {
        let report = try report("limit: 40 A, meter: grid, meter_lost: 20 A")
        let supply = try #require(report.circuits.first { $0.circuit == "supply" })
        #expect(supply.reaction_s > 10 && supply.reaction_s < 60)
        #expect(supply.text.hasPrefix("circuit supply: below its limit again within "))
        // The meter's age counts for the supply alone; a limit of the basement may be lowered all the same.
        let basement = try #require(report.circuits.first { $0.circuit == "basement" })
        #expect(report.circuits.count == 2 && basement.slowest == "a")
        #expect(basement.reaction_s >= 1 && basement.reaction_s < supply.reaction_s)
        #expect(basement.text.hasPrefix("circuit basement: no meter; a lower limit holds within "))
        #expect(basement.text.contains("(tick 1.0 + bus "))
        #expect(report.lines.map(\.line) == ["/dev/ttyUSB0"])
        #expect(report.lines[0].load_percent > 0 && report.lines[0].load_percent < 80)
    }
}
