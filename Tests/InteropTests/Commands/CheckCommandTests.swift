import Foundation
import Testing

/// What `check` says of a site on the command line.
@Suite struct CheckCommandTests {
    private struct Result: Decodable {
        struct Circuit: Decodable {
            var circuit: String
            var metered: Bool
            var reaction_s: Double
        }
        struct Line: Decodable {
            var line: String
            var load_percent: Double
        }
        var circuits: [Circuit]
        var lines: [Line]
    }

    private func check(_ unattended: String, json: Bool = false) async throws -> (status: Int32, output: String) {
        let folder = try Folder()
        let file = folder.path + "/site.yaml"
        try """
        schema: site/1
        name: Nord
        supply: {limit: 20 A, meter: grid, meter_lost: 8 A}
        circuits:
          - {id: basement, limit: 16 A}
        devices:
          - {id: grid, profile: eastron.sdm630, address: "/dev/ttyUSB0,9600,8,n,1", unit: 20, role: grid}
          - {id: a, profile: heidelberg.energy-control, address: "/dev/ttyUSB1,19200,8,e,1", unit: 1, circuit: basement}
          - {id: b, profile: go-e.charger, address: 10.0.0.3\(unattended)}
        """.write(toFile: file, atomically: true, encoding: .utf8)
        let answer = try await Programs.run(["check", file] + (json ? ["--json"] : []))
        return (answer.status, answer.output)
    }

    @Test func everyCircuitsChainAndEveryLinesLoadIsPrinted() async throws {
        let (status, output) = try await check(", unattended: accepted")
        #expect(status == 0, "\(output)")
        let lines = output.components(separatedBy: "\n")
        for start in [
            "circuit supply: below its limit again within ", "circuit basement: no meter; a lower limit holds within ",
            "box a: ", "box b: goes on with up to ", "line /dev/ttyUSB0: 1 devices, ", "line /dev/ttyUSB1: 1 devices, ",
        ] {
            #expect(lines.contains { $0.hasPrefix(start) }, "\(start) is missing in\n\(output)")
        }
        let results: [Result] = try document(try await check(", unattended: accepted", json: true).output)
        #expect(results.first?.circuits.map(\.circuit) == ["supply", "basement"])
        #expect(results.first?.circuits.map(\.metered) == [true, false])
        #expect(results.first?.lines.map(\.line) == ["/dev/ttyUSB0", "/dev/ttyUSB1"])
        #expect(results.first?.lines.allSatisfy { (1..<80).contains($0.load_percent) } ?? false)
    }

    @Test func aBoxThatMayGoOnByItselfIsRefusedUnlessItIsAccepted() async throws {
        let (status, output) = try await check("")
        #expect(status == 1 && output.contains("if the host dies"), "\(output)")
    }
}
