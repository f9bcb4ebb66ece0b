import DeviceProfiles
import Foundation
import Testing
import YAML

private let unit = Diagnostic(
    .unit, file: "a.yaml", mark: Mark(line: 61, column: 12), message: "unit \"KWh\" is unknown, did you mean \"kWh\"?")
private let share = Diagnostic(.busShare, file: "b.yaml", mark: Mark(line: 3, column: 1), message: "the bus is busy")

@Test func aFindingReadsAsFilePlaceCodeAndText() {
    #expect(unit.description == "a.yaml:61:12 P020 unit \"KWh\" is unknown, did you mean \"kWh\"?")
    #expect(share.description == "b.yaml:3:1 P060 warning: the bus is busy")
    #expect(DiagnosticReport.text([unit, share]) == unit.description + "\n" + share.description + "\n")
}

@Test func onlyThreeRulesAreWarnings() {
    #expect(DiagnosticCode.allCases.filter { $0.severity == .warning }.map(\.rawValue) == ["P034", "P035", "P060"])
}

@Test func findingsAreOrderedByPlace() {
    let later = Diagnostic(.unit, file: "a.yaml", mark: Mark(line: 100, column: 1), message: "m")
    let sameLine = Diagnostic(.unit, file: "a.yaml", mark: Mark(line: 61, column: 2), message: "m")
    #expect([share, later, unit, sameLine].sorted() == [sameLine, unit, later, share])
}

@Test func theJSONReportReadsBackAsTheSameFindings() throws {
    let text = DiagnosticReport.json([unit, share])
    #expect(try JSONDecoder().decode([Diagnostic].self, from: Data(text.utf8)) == [unit, share])
}

@Test func theSARIFReportHasRuleLevelAndPlace() throws {
    let odd = Diagnostic(.text, file: "ä \"b\".yaml", mark: Mark(line: 1, column: 2), message: "tab\tand \u{1}")
    let text = DiagnosticReport.sarif([unit, share, odd], toolVersion: "1.2.3")
    let root = try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(root["version"] as? String == "2.1.0")
    let run = try #require((root["runs"] as? [[String: Any]])?.first)
    let driver = try #require((run["tool"] as? [String: Any])?["driver"] as? [String: Any])
    let rules = try #require(driver["rules"] as? [[String: Any]]).compactMap { $0["id"] as? String }
    #expect(rules.count == DiagnosticCode.allCases.count)
    let results = try #require(run["results"] as? [[String: Any]])
    #expect(results.map { $0["ruleId"] as? String } == ["P020", "P060", "P070"])
    #expect(results.map { $0["level"] as? String } == ["error", "warning", "error"])
    let place = try #require(
        (results[0]["locations"] as? [[String: Any]])?.first?["physicalLocation"] as? [String: Any])
    #expect((place["region"] as? [String: Int]) == ["startLine": 61, "startColumn": 12])
    #expect((results[2]["message"] as? [String: String])?["text"] == "tab\tand \u{1}")
}
