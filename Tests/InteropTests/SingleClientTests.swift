import Foundation
import Testing

/// A device that takes one connection: host, proxy and the tools of the same machine share it.
@Suite struct SingleClientTests {
    /// A box at unit 1 and a meter at unit 20 behind one endpoint, as a small gateway has them.
    private static let gateway =
        PymodbusServerTests.powerBrain.dropLast() + ", " + PymodbusServerTests.sdm630.dropFirst()

    @Test func hostProxyAndToolsShareOneConnection() async throws {
        let server = try await Line.tcp(String(Self.gateway), singleClient: true)
        let address = "127.0.0.1:\(server.port)"
        let site = try await RunningSite(
            """
            schema: site/1
            name: Single
            mode: observe
            supply: {limit: 32 A}
            devices:
              - {id: garage, profile: cfos.power-brain, address: "\(address)"}
            proxies:
              - {listen: "127.0.0.1:0", to: "\(address)"}
            """)
        let behind = try ModbusMaster.tcp(try await site.port("leads to \(address)"))
        #expect(try await behind.read(8000, 2).words == [0xCF05, 0])
        let data = ["--data", site.folder.path + "/data"]
        func tool(_ arguments: [String]) async throws -> (status: Int32, output: String, errors: String) {
            try await Programs.run(arguments + ["--address", address] + data)
        }

        let box = try await tool(["read", "--profile", "cfos.power-brain", "power", "--json"])
        #expect(box.status == 0 && box.output.contains("11040"), "\(box)")
        // Another unit, which is no device of the site, and another profile for the host's own unit.
        let meter = try await tool(["read", "--profile", "eastron.sdm630", "--unit", "20", "power", "--json"])
        #expect(meter.status == 0 && meter.output.contains("6854"), "\(meter)")
        let other = try await tool(["read", "--profile", "eastron.sdm630", "--unit", "1", "power"])
        // It is another make; on a busy machine one of its answers may be late as well.
        #expect([3, 4].contains(other.status), "\(other)")
        let watched = try await tool(["watch", "--profile", "eastron.sdm630", "--unit", "20", "--rounds", "2"])
        #expect(watched.status == 0 && watched.output.contains("6854"), "\(watched)")
        let own = try await tool(["watch", "--profile", "cfos.power-brain", "--rounds", "1"])
        #expect(own.status == 0 && own.output.contains("11040"), "\(own)")

        let command = try await tool(["command", "--profile", "cfos.power-brain", "charge=10A"])
        #expect(command.status == 0 && command.output.contains("verified"), "\(command)")
        #expect(try await behind.read(8093).words == [100])
        #expect(try await behind.read(8057).words == [1])
        #expect(!server.peer.lines.contains("turned away"))

        // A connection that does not go through the host is turned away: so the tools did not make one.
        let stranger = try ModbusMaster.tcp(server.port)
        _ = try? await stranger.read(8000)
        try await server.peer.line { $0 == "turned away" }

        // Without the host a tool connects by itself.
        try await site.host.stop()
        for _ in 0..<50 {
            let alone = try await tool(["read", "--profile", "cfos.power-brain", "power", "--json"])
            if alone.status == 0 { break }
        }
        let alone = try await tool(["read", "--profile", "cfos.power-brain", "power", "--json"])
        #expect(alone.status == 0 && alone.output.contains("11040"), "\(alone)")
        server.peer.closeInput()
    }

    @Test func aToolWritesNoDeviceOfTheHostByAnotherProfile() async throws {
        let server = try await Line.tcp(PymodbusServerTests.powerBrain, singleClient: true)
        let address = "127.0.0.1:\(server.port)"
        let site = try await RunningSite(
            """
            schema: site/1
            name: Single
            supply: {limit: 32 A}
            devices:
              - {id: garage, profile: cfos.power-brain, address: "\(address)"}
            """)
        let client = ControlSocketText(folder: site.folder.path + "/data")
        for _ in 0..<600 where try await !client.site().contains("\"link\":\"online\"") {
            try await Task.sleep(for: .milliseconds(100))
        }
        // A copy of the profile, as an author has it while he edits.
        let copy = site.folder.path + "/copy.yaml"
        let library = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Profiles/wallbox/cfos.power-brain.yaml")
        try FileManager.default.copyItem(atPath: library.path, toPath: copy)
        let writes = server.peer.writes(from: 6).count
        let refused = try await Programs.run([
            "command", "--profile", copy, "--address", address, "--data", site.folder.path + "/data", "charge=32A",
        ])
        #expect(refused.status != 0)
        #expect(refused.errors.contains("which the running host governs"), "\(refused)")
        let later = server.peer.writes(from: 6).dropFirst(writes)
        // 32 A in register 8093 (0x1F9D) is 320.
        #expect(!later.contains { $0.contains("1F9D0140") })
        #expect(!server.peer.lines.contains("turned away"))
        try await site.host.stop()
        server.peer.closeInput()
    }
}
