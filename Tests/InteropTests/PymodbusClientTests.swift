import Foundation
import Testing

/// Our simulator asked by a client we did not write.
@Suite struct PymodbusClientTests {
    private struct Answer: Decodable {
        var words: [Int]?
        var exception: Int?
        var error: String?
    }

    @Test func theSimulatorAnswersOverTCP() async throws {
        let simulator = try Programs.chargehost([
            "simulate", "--profile", "cfos.power-brain@charging", "--listen", "127.0.0.1:0", "--json",
        ])
        let port = try await port(of: simulator)
        let client = try Programs.python("modbus_client.py", ["tcp", port])
        try await check(client)
        try await simulator.stop()
    }

    @Test func theSimulatorAnswersOnASerialLine() async throws {
        let (cable, folder) = try await Line.pair()
        let simulator = try Programs.chargehost([
            "simulate", "--profile", "cfos.power-brain@charging", "--listen", "\(folder.path)/ours,9600,8,n,1",
        ])
        try await simulator.line { $0.contains("answers at") }
        let client = try Programs.python("modbus_client.py", ["rtu", folder.path + "/theirs", "9600", "N"])
        try await check(client)
        try await simulator.stop()
        try await cable.stop(SIGKILL)
    }

    /// The fixture's words, a write and its read-back, a gap, and more registers than the profile allows.
    private func check(_ client: Peer) async throws {
        #expect(
            try await ask(client, #"{"unit":1,"function":3,"address":8000,"count":4}"#).words == [0xCF05, 0, 1, 0x0100])
        #expect(try await ask(client, #"{"unit":1,"function":3,"address":8083,"count":3}"#).words == [0, 300, 60])
        #expect(try await ask(client, #"{"unit":1,"function":6,"address":8093,"words":[100]}"#).exception == nil)
        #expect(try await ask(client, #"{"unit":1,"function":3,"address":8093,"count":1}"#).words == [100])
        #expect(try await ask(client, #"{"unit":1,"function":3,"address":8050,"count":1}"#).exception == 2)
        #expect(try await ask(client, #"{"unit":1,"function":3,"address":8000,"count":33}"#).exception != nil)
        #expect(try await ask(client, #"{"unit":1,"function":4,"address":8000,"count":1}"#).exception != nil)
        try await client.stop(SIGKILL)
    }

    private func ask(_ client: Peer, _ request: String) async throws -> Answer {
        let before = client.lines.count
        client.send(request)
        let line = try await client.line(from: before) { $0.hasPrefix("{") }
        return try JSONDecoder().decode(Answer.self, from: Data(line.utf8))
    }

    private func port(of simulator: Peer) async throws -> String {
        struct Place: Decodable { var address: String }
        let line = try await simulator.line { $0.hasPrefix("{") }
        let address = try JSONDecoder().decode(Place.self, from: Data(line.utf8)).address
        return String(address.split(separator: ":").last ?? "")
    }
}
