import Foundation
import Testing

/// The proxy between peers we did not write.
@Suite struct ProxyPeerTests {
    /// A device whose registers hold their own addresses.
    private static let registers: String = {
        let words = (0..<11_000).map(String.init).joined(separator: ",")
        return "{\"1\": {\"holding\": {\"words\": {\"0\": [\(words)]}}}}"
    }()

    private struct Totals: Decodable {
        var answers: Int
        var wrong: Int
        var seconds: Double
        var slowest: Double
    }

    private func proxy(_ target: String, _ more: [String] = []) async throws -> (peer: Peer, port: Int) {
        let peer = try Programs.chargehost(["proxy", "--listen", "127.0.0.1:0", "--to", target] + more)
        let line = try await peer.line { $0.contains("leads to") }
        let range = try #require(line.range(of: #"^127\.0\.0\.1:\d+"#, options: .regularExpression))
        return (peer, try #require(Int(line[range].dropFirst("127.0.0.1:".count))))
    }

    @Test func twentyClientsShareOneConnection() async throws {
        let server = try await Line.tcp(Self.registers)
        let (proxy, port) = try await proxy("127.0.0.1:\(server.port)", ["--timeout", "20s"])
        let totals = try await ask(port, clients: 20, rounds: 50)
        #expect(totals.answers == 1000)
        #expect(totals.wrong == 0)
        #expect(try await proxy.stop() == 0)
        server.peer.closeInput()
    }

    @Test func twentyClientsShareASerialLine() async throws {
        let line = try await Line.serial(Self.registers, baud: 115200, parity: "N")
        let (proxy, port) = try await proxy("\(line.path),115200,8,n,1", ["--timeout", "10s"])
        let totals = try await ask(port, clients: 20, rounds: 5)
        #expect(totals.answers == 100)
        #expect(totals.wrong == 0)
        #expect(try await proxy.stop() == 0)
        line.peer.closeInput()
    }

    @Test func writesGoThroughUnlessTheProxyIsReadOnly() async throws {
        let server = try await Line.tcp(Self.registers)
        let (open, port) = try await proxy("127.0.0.1:\(server.port)")
        let master = try ModbusMaster.tcp(port)
        #expect(try await master.write(7, [99]).isTaken)
        #expect(try await master.read(7).words == [99])
        #expect(try await master.write(8, [1, 2, 3]).isTaken)
        #expect(try await master.read(7, 4).words == [99, 1, 2, 3])
        #expect(try await master.write(20, [0xFF00, 0x00FF], function: 22).isTaken)
        // 20 and FF00 or 00FF and not FF00: 0x00FF (Modbus Application Protocol V1.1b3, 6.16).
        #expect(try await master.read(20).words == [0x00FF])
        #expect(try await master.write(30, [5, 6], function: 23).words == [5, 6])
        #expect(try await master.read(20_000).exception == 2)
        let (closed, other) = try await proxy("127.0.0.1:\(server.port)", ["--read-only"])
        let reader = try ModbusMaster.tcp(other)
        #expect(try await reader.write(7, [1]).exception == 1)
        #expect(try await reader.read(7).words == [99])
        try await open.stop()
        try await closed.stop()
        server.peer.closeInput()
    }

    @Test func aProxyOfTheHostSharesItsLineAndGuardsItsBoxes() async throws {
        let boxes = try await SimulatedBoxes(1)
        let site = try await RunningSite(
            """
            schema: site/1
            name: Shared
            supply: {limit: 32 A}
            devices:
              - {id: a, profile: cfos.power-brain, address: "127.0.0.1:\(boxes.ports[0])"}
            proxies:
              - {listen: "127.0.0.1:0", to: "127.0.0.1:\(boxes.ports[0])"}
              - {listen: "127.0.0.1:0", to: "127.0.0.1:1", allow: [192.0.2.1]}
            """)
        let master = try ModbusMaster.tcp(try await site.port("leads to 127.0.0.1:\(boxes.ports[0])"))
        #expect(try await master.read(8000, 2).words == [0xCF05, 0])
        #expect(try await master.write(8093, [60]).exception == 1)
        let stranger = try ModbusMaster.tcp(try await site.port("leads to 127.0.0.1:1"))
        // It is turned away before it can ask: its connection ends.
        let answer = try? await stranger.read(0)
        #expect(answer?.words == nil && answer?.exception == nil)
        try await site.host.stop()
    }

    private func ask(_ port: Int, clients: Int, rounds: Int) async throws -> Totals {
        let peer = try Programs.python("modbus_clients.py", ["\(port)", "\(clients)", "\(rounds)"])
        let line = try await peer.line { $0.hasPrefix("{") }
        return try JSONDecoder().decode(Totals.self, from: Data(line.utf8))
    }
}
