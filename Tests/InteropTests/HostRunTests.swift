import Foundation
import Host
import Testing

/// The whole program: simulated devices in one process, the host in another, killed and started again.
@Suite struct HostRunTests {
    @Test func boxesShareAFuseAndAKilledHostKnowsWhatItTold() async throws {
        let folder = try Folder()
        let boxes = try await SimulatedBoxes(2)
        let ports = boxes.ports.map { "127.0.0.1:\($0)" }
        let file = folder.path + "/site.yaml"
        try site(ports).write(toFile: file, atomically: true, encoding: .utf8)

        let first = try Programs.chargehost(["run", "--site", file, "--data", folder.path + "/data", "--http", "off"])
        let shared = try await SiteStatus.wait(folder.path + "/data", of: first) { status in
            status.boxes.allSatisfy { $0.state == "C" && ($0.told_a ?? 0) >= 9.9 }
        }
        #expect(shared.boxes.map { $0.told_a ?? 0 } == [10, 10])
        #expect(shared.circuits[0].booked_a.allSatisfy { $0 <= 20.001 })

        try await first.stop(SIGKILL)
        try await boxes.peer.stop(SIGKILL)
        let second = try Programs.chargehost(["run", "--site", file, "--data", folder.path + "/data", "--http", "off"])
        let blind = try await SiteStatus.wait(folder.path + "/data", of: second) { status in
            status.boxes.allSatisfy { $0.link == "silent" || $0.link == "connecting" }
        }
        #expect(blind.boxes.allSatisfy { $0.booked_a >= 10 })
        #expect(blind.boxes.map { $0.told_a ?? 0 } == [10, 10])
        #expect(try await second.stop() == 0)
    }

    @Test func theDemoSharesCurrentOverRealModbus() async throws {
        let folder = try Folder()
        let demo = try Programs.chargehost(["demo", "--data", folder.path, "--http", "off"])
        let running = try await SiteStatus.wait(folder.path, of: demo) { status in
            status.boxes.contains { ($0.power_w ?? 0) > 1000 && ($0.told_a ?? 0) > 0 } && isBelowEveryLimit(status)
        }
        #expect(running.boxes.map(\.id) == ["garage", "north", "south"])
        #expect(running.instruments.map(\.link) == ["online", "online"])
        #expect(try await demo.stop() == 0)
    }

    private func isBelowEveryLimit(_ status: SiteStatus) -> Bool {
        status.circuits.allSatisfy { circuit in
            (0..<3).allSatisfy { circuit.base_a[$0] + circuit.booked_a[$0] <= circuit.usable_a[$0] + 0.001 }
        }
    }

    private func site(_ ports: [String]) -> String {
        """
        schema: site/1
        name: Two boxes
        supply: {limit: 20 A}
        devices:
          - {id: a, profile: cfos.power-brain, address: "\(ports[0])"}
          - {id: b, profile: cfos.power-brain, address: "\(ports[1])"}
        """
    }
}
