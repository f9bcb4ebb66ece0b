import Foundation
import Network
import OCPP
import OCPPSlave
import Storage
import Testing

@testable import Host

/// The connection of a slave to its master in the binary framing.
@Suite struct BinaryLinkTests {
    private static let id = "GARAGE#002"
    private static let key = Array("a key of the site".utf8)
    private static let boot = BootNotificationRequest(chargePointVendor: "V", chargePointModel: "M")

    private static func bench(
        _ master: BinaryMaster, key: [UInt8]? = Self.key, tls: TLSClient? = nil, secure: Bool = false,
        ping: Duration? = nil, rule: AttemptRule? = nil
    ) async throws -> LinkBench {
        try await LinkBench(
            port: 0, id: id, credentials: key.map { BasicCredentials(user: id, password: $0) }, tls: tls, rule: rule,
            ping: ping, target: try master.target(id, secure: secure))
    }

    @Test func aSlaveProvesItsKeyBootsAndSendsItsQueue() async throws {
        let master = try await BinaryMaster([Self.id: KnownSlave(key: Self.key)])
        let bench = try await Self.bench(master)
        try await bench.wait("the connection") { bench.connections == 1 }
        await bench.link.call(7, Self.boot, lane: .urgent)
        try await bench.wait("the boot's answer") { bench.outcome(7) != nil }
        let answer = bench.outcome(7)?.response(to: BootNotificationRequest.self)
        #expect(try answer?.get().status == .accepted)
        #expect(try answer?.get().currentTime == Timestamp(seconds: 1_780_000_000))
        let local = try await bench.charge(1, minutes: 2)
        await bench.link.setGate(.open)
        try await bench.wait("delivery") { bench.delivered.count == 4 }
        #expect(try await bench.storage.transaction(local)?.backendID == 501)
        #expect(await master.desk.starts.map(\.idTag) == ["CARD"])
        #expect(await master.desk.meterValues.map(\.transactionId) == [501, 501])
        #expect(await master.desk.stops.map(\.transactionId) == [501])
        #expect(await master.desk.stops.map(\.meterStop) == [1300])
        await bench.stop()
        await master.stop()
    }

    @Test func callsOfTheMasterAreAnsweredByTheRulesOfTheirAction() async throws {
        let master = try await BinaryMaster([Self.id: KnownSlave(key: Self.key)])
        let bench = try await Self.bench(master)
        try await bench.wait("the connection") { bench.connections == 1 }
        let answering = Task {
            try await bench.wait("a call") {
                for case .request(let call) in bench.events where call.action == "GetConfiguration" {
                    let known = KeyValue(key: "HeartbeatInterval", readonly: false, value: "300")
                    let answer = GetConfigurationResponse(configurationKey: [known], unknownKey: ["Quux"])
                    await bench.link.answer(call.id, .success(answer.json))
                    return true
                }
                return false
            }
        }
        let slave = try #require(ChargePointID(Self.id))
        let answer = try await master.hub.call(
            GetConfigurationRequest(key: ["HeartbeatInterval", "Quux"]), of: slave)
        #expect(answer.configurationKey == [KeyValue(key: "HeartbeatInterval", readonly: false, value: "300")])
        #expect(answer.unknownKey == ["Quux"])
        try await answering.value
        await bench.stop()
        await master.stop()
    }

    @Test func aWrongKeyIsARefusalThatIsNotHammered() async throws {
        let master = try await BinaryMaster([Self.id: KnownSlave(key: Array("another key here".utf8))])
        let bench = try await Self.bench(master)
        try await bench.wait("two refusals") { bench.failures.count >= 2 }
        #expect(bench.connections == 0)
        guard case .turnedAway(_, let reason)? = bench.failures.first else {
            Issue.record("\(bench.failures)")
            return
        }
        #expect(reason.contains("does not prove that it has the key"))
        #expect(ConnectError.turnedAway(host: "", reason: "").isRefusal)
        await bench.stop()
        await master.stop()
    }

    @Test func withoutAKeyOnlyLoopbackAndTheCableAreTaken() async throws {
        let master = try await BinaryMaster([Self.id: KnownSlave()])
        let bench = try await Self.bench(master, key: nil)
        try await bench.wait("the connection") { bench.connections == 1 }
        await bench.stop()
        await master.stop()
        let guarded = try await BinaryMaster([Self.id: KnownSlave()], securityProfile: 1)
        let refused = try await Self.bench(guarded, key: nil)
        try await refused.wait("the refusal") { !refused.failures.isEmpty }
        #expect(refused.connections == 0)
        await refused.stop()
        await guarded.stop()
    }

    /// A server that sends `hexadecimal` bytes to everybody who connects, and nothing else.
    private static func server(sending hexadecimal: String) async throws -> (peer: Peer, target: BackendTarget) {
        let script = """
            import socket, sys
            server = socket.create_server(("127.0.0.1", 0))
            print(server.getsockname()[1], flush=True)
            kept = []
            while True:
                kept.append(server.accept()[0])
                kept[-1].sendall(bytes.fromhex(sys.argv[1]))
            """
        let peer = try Peer("/usr/bin/env", ["python3", "-c", script, hexadecimal])
        let port = try await peer.line { Int($0) != nil }
        return (peer, try BackendTarget("tcp://127.0.0.1:\(port)", id: id))
    }

    @Test func aServerOfSomethingElseIsNoMaster() async throws {
        // SSH-2.0
        let (server, target) = try await Self.server(sending: "5353482d322e300d0a")
        let bench = try await LinkBench(port: 0, id: Self.id, target: target)
        try await bench.wait("the failure") { !bench.failures.isEmpty }
        guard case .turnedAway(_, let reason)? = bench.failures.first else {
            Issue.record("\(bench.failures)")
            return
        }
        #expect(reason.contains("does not speak binary OCPP"))
        #expect(bench.connections == 0)
        await bench.stop()
        try await server.stop(SIGKILL)
    }

    @Test func aMasterThatAnswersNoPingIsLeft() async throws {
        // The greeting with a challenge of zeros, then [0, true, 1(1780000000), 60], and nothing ever after.
        let greeting = "4f4350504201" + String(repeating: "00", count: 32)
        let (server, target) = try await Self.server(sending: greeting + "0000000b" + "8400f5c11a6a18a500183c")
        let bench = try await LinkBench(port: 0, id: Self.id, ping: .milliseconds(200), target: target)
        try await bench.wait("the connection") { bench.connections == 1 }
        try await bench.wait("the end") {
            bench.events.contains { if case .disconnected = $0 { true } else { false } }
        }
        await bench.stop()
        try await server.stop(SIGKILL)
    }

    @Test func pingsThatAreAnsweredKeepAConnection() async throws {
        let master = try await BinaryMaster([Self.id: KnownSlave(key: Self.key)])
        let bench = try await Self.bench(master, ping: .milliseconds(50))
        try await bench.wait("the connection") { bench.connections == 1 }
        await bench.link.call(7, Self.boot, lane: .urgent)
        try await bench.wait("the boot's answer") { bench.outcome(7) != nil }
        try await Task.sleep(for: .seconds(1))
        await bench.link.call(8, HeartbeatRequest(), lane: .ordinary, passesGate: true)
        try await bench.wait("another answer") { bench.outcome(8) != nil }
        #expect(bench.connections == 1)
        await bench.stop()
        await master.stop()
    }

    @Test func overTLSTheMastersCertificateCounts() async throws {
        let folder = try await BackendTLSTests.certificates()
        func bytes(_ name: String) throws -> [UInt8] {
            Array(try Data(contentsOf: URL(fileURLWithPath: folder.path + "/" + name)))
        }
        let identity = TLSIdentity(certificates: try bytes("backend.pem"), key: try bytes("backend.key"))
        let master = try await BinaryMaster(
            [Self.id: KnownSlave(key: Self.key)], tls: try TLSServer(TLSServerOptions(identity: identity)),
            securityProfile: 2)
        var options = TLSClientOptions()
        options.authorities = try bytes("authority.pem")
        let bench = try await Self.bench(master, tls: try TLSClient(options), secure: true)
        try await bench.wait("the connection") { bench.connections == 1 }
        await bench.stop()
        options.authorities = try bytes("stranger.pem")
        let wary = try await Self.bench(master, tls: try TLSClient(options), secure: true)
        try await wary.wait("the refusal") { !wary.failures.isEmpty }
        #expect(wary.failures.first?.fault?.isCertificateFault == true)
        #expect(wary.connections == 0)
        await wary.stop()
        await master.stop()
    }
}
