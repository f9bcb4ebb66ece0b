import Foundation
import Testing

/// A day of 54 cars in acnportal, a simulator of charging sites we did not write, which knows its own limits and has
/// its own algorithms: we do at least as well, and it finds no limit passed.
@Suite struct AcnDayTests {
    private struct Day: Decodable {
        var algorithm: String
        var cars: Int
        var requestedKWh: Double
        var deliveredPercent: Double
        /// What the car that got least got of what it wanted.
        var leastPercent: Double
        var isFeasible: Bool
        var warnings: [String]
        /// How near each limit was come to.
        var usedPercent: [String: Double]
        var requests: Int?
        var exitStatus: Int?
    }

    private struct Verdict: Decodable {
        struct Claims: Decodable {
            var noLimitPassed: Bool
            var isScarce: Bool
            var asMuchAsRoundRobin: Bool
            var turnsServeTheLeastServed: Bool
            var turnsCostAtMostAPoint: Bool
            var withinAPointOfEarliestDeadline: Bool
        }
        var verdict: Claims
    }

    @Test func aGarageBetweenLinesKeepsItsTransformer() async throws {
        try await check(["delta", "80", "1"], limits: 8)
    }

    @Test func aGarageOfOneTwoAndThreePhasesKeepsItsFuses() async throws {
        try await check(["wye", "110", "1"], limits: 12)
    }

    /// Every limit is felt, none is passed, and acnportal's algorithms do no better with the same cars.
    private func check(_ arguments: [String], limits: Int) async throws {
        let script = try Programs.python("acn_day.py", arguments)
        for name in ["inOrder", "inTurns", "byDeparture", "roundRobin", "earliestDeadline"] {
            let line = try await script.line { $0.contains("\"algorithm\": \"\(name)\"") }
            let day = try JSONDecoder().decode(Day.self, from: Data(line.utf8))
            print(
                arguments[0], name,
                String(format: "delivered %.2f %%, least %.1f %%", day.deliveredPercent, day.leastPercent))
            #expect(day.cars == 54)
            #expect(day.usedPercent.count == limits)
            guard let requests = day.requests else { continue }
            #expect(day.isFeasible && day.warnings.isEmpty, "\(day.warnings) \(day.usedPercent)")
            #expect(day.usedPercent.values.allSatisfy { $0 > 75 && $0 <= 100.000_001 }, "\(day.usedPercent)")
            #expect(requests > 100)
            #expect(day.exitStatus == 0)
        }
        let line = try await script.line { $0.contains("\"verdict\"") }
        let claims = try JSONDecoder().decode(Verdict.self, from: Data(line.utf8)).verdict
        #expect(claims.noLimitPassed)
        #expect(claims.isScarce)
        #expect(claims.asMuchAsRoundRobin)
        #expect(claims.turnsServeTheLeastServed)
        #expect(claims.turnsCostAtMostAPoint)
        #expect(claims.withinAPointOfEarliestDeadline)
        #expect(try await script.end() == 0)
    }
}
