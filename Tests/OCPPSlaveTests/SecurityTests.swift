import Network
import OCPP
import OCPPSlave
import Testing

/// The security profiles of the listeners (OCPP 1.6 Security Whitepaper, 2).
@Suite struct SecurityTests {
    private static let key = "0123456789abcdef"

    private func running(
        _ profile: Int, _ use: (CentralSystem, SiteCertificates) async throws -> Void
    ) async throws {
        let certificates = try SiteCertificates()
        defer { certificates.remove() }
        var settings = CentralSystem.settings
        settings.securityProfile = profile
        let known = ["GARAGE#002": KnownSlave(key: Array(Self.key.utf8))]
        try await CentralSystem.running(known, settings: settings) { system in
            await system.hub.stopListening()
            let tls = try TLSServer(
                TLSServerOptions(
                    identity: try certificates.identity("server"),
                    clientAuthorities: profile == 3 ? try certificates.bytes("authority.pem") : nil))
            try await system.hub.listen(
                SlaveListeners(json: .loopback(), binary: .loopback(), tls: tls), on: system.loop)
            try await use(system, certificates)
        }
    }

    private func open(
        _ system: CentralSystem, key: String? = nil, tls: TLSClient
    ) async throws -> WebSocketConnection {
        let target = try ServerTarget("wss://127.0.0.1:\(system.jsonPort)").appending(segment: "GARAGE#002")
        let credentials = key.map { BasicCredentials(user: "GARAGE#002", password: Array($0.utf8)) }
        return try await system.loop.connect(
            to: target, WebSocketClientOptions(subprotocols: ["ocpp1.6"], credentials: credentials, tls: tls))
    }

    @Test func profileTwoIsTLSWithAPassword() async throws {
        try await running(2) { system, certificates in
            let tls = try certificates.client()
            await #expect(throws: ConnectError.self) { try await system.json("GARAGE#002", key: Self.key) }
            await #expect(throws: ConnectError.self) { try await open(system, tls: tls) }
            await #expect(throws: ConnectError.self) { try await open(system, key: "wrong", tls: tls) }
            let socket = try await open(system, key: Self.key, tls: tls)
            try socket.send(#"[2,"1","Heartbeat",{}]"#)
            for await message in socket.messages {
                guard case .text(let text) = message, text.hasPrefix(#"[3,"1""#) else { continue }
                break
            }
            #expect(await system.hub.slaves().first?.transport == .json)
        }
    }

    @Test func profileThreeWantsTheSlavesOwnCertificate() async throws {
        try await running(3) { system, certificates in
            await #expect(throws: ConnectError.self) { try await open(system, tls: try certificates.client()) }
            await #expect(throws: ConnectError.self) { try await open(system, tls: try certificates.client("other")) }
            #expect(system.log.contains { $0.contains("common name") })
            let socket = try await open(system, tls: try certificates.client("garage"))
            socket.close()
        }
    }

    @Test func theBinaryFramingSpeaksTLSToo() async throws {
        try await running(2) { system, certificates in
            let stream = try await system.loop.connectStream(
                host: "127.0.0.1", port: system.binaryPort, tls: try certificates.client())
            let line = BinaryLine(stream)
            let challenge = try await line.challenge()
            try line.send(
                .hello(BinaryHello(chargePointId: "GARAGE#002", challenge: challenge, key: Array(Self.key.utf8))))
            guard case .welcome(_, let interval)? = try await line.message() else {
                Issue.record("it was not let in")
                return
            }
            #expect(interval == 300)
        }
    }
}
