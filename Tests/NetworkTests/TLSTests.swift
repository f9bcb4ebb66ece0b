import Network
import Testing

@Suite(.enabled { await Certificates.shared != nil }) struct TLSTests {
    private let certificates: Certificates

    init() async throws { certificates = try #require(await Certificates.shared) }

    private static let echo: HTTPHandler = { request in
        .upgrade(request, speaking: ["ocpp1.6"]) { socket in
            try? socket.send("\(request.tls?.version ?? "clear") \(request.tls?.commonName ?? "nobody")")
            for await message in socket.messages { try? socket.send(message) }
        }
    }

    /// A loop with a listener in TLS and the port it has.
    private func serving(
        _ tls: TLSServer, log: Collected<String>? = nil, _ use: (NetworkLoop, UInt16) async throws -> Void
    ) async throws {
        let loop = NetworkLoop { log?.add($0.text) }
        try loop.start()
        do {
            let listener = try loop.listen(on: .loopback(), tls: tls, handler: TLSTests.echo)
            try await use(loop, listener.address.port)
            await loop.stop()
        } catch {
            await loop.stop()
            throw error
        }
    }

    private func server(_ pair: Certificates.Pair, clients: [UInt8]? = nil) throws -> TLSServer {
        try TLSServer(TLSServerOptions(identity: pair.identity, clientAuthorities: clients))
    }

    private func client(_ pair: Certificates.Pair? = nil, minimum: TLSVersion = .v12) throws -> TLSClient {
        try TLSClient(
            TLSClientOptions(authorities: certificates.authority, identity: pair?.identity, minimum: minimum))
    }

    private func connect(
        _ loop: NetworkLoop, _ port: UInt16, _ tls: TLSClient?, host: String = "127.0.0.1"
    ) async throws -> WebSocketConnection {
        try await loop.connect(
            to: ServerTarget("wss://\(host):\(port)/CP1"),
            WebSocketClientOptions(subprotocols: ["ocpp1.6"], tls: tls))
    }

    private func greeting(_ socket: WebSocketConnection) async -> WebSocketMessage? {
        for await message in socket.messages { return message }
        return nil
    }

    /// Why a client that trusts the authority does not connect to a server with this certificate.
    private func fault(_ pair: Certificates.Pair) async throws -> TLSFault? {
        var fault: TLSFault?
        try await serving(server(pair)) { loop, port in
            do { _ = try await connect(loop, port, client()) } catch let error as ConnectError { fault = error.fault }
        }
        return fault
    }

    @Test func aTrustedServerIsConnectedToAndBytesOfAnyNumberGoBothWays() async throws {
        try await serving(server(certificates.server)) { loop, port in
            let socket = try await connect(loop, port, client())
            #expect(await greeting(socket) == .text("TLSv1.3 nobody"))
            #expect(socket.request.tls?.commonName == "server")
            let long = String(repeating: "x", count: 900_000)
            for text in ["a", long, "b"] { try socket.send(text) }
            var received: [WebSocketMessage] = []
            for await message in socket.messages {
                received.append(message)
                if received.count == 3 { break }
            }
            #expect(received == [.text("a"), .text(long), .text("b")])
            socket.close()
            #expect(await socket.closed() == .byUs(code: 1000, reason: ""))
        }
    }

    /// Facts, behaviours 66: wrong, expired, foreign certificate or wrong host: no connection.
    @Test func everyWrongCertificateIsRefusedWithItsReason() async throws {
        #expect(try await fault(certificates.expired) == .expired)
        #expect(try await fault(certificates.early) == .notYetValid)
        #expect(try await fault(certificates.otherHost) == .wrongHost("127.0.0.1"))
        #expect(try await fault(certificates.foreign) == .unknownAuthority)
        #expect(try await fault(certificates.selfSigned) == .unknownAuthority)
        #expect(TLSFault.expired.isCertificateFault && !TLSFault.version.isCertificateFault)
        #expect(ConnectError.insecure(host: "csms", .expired).description.contains("has expired"))
    }

    @Test func whatTheSystemDoesNotTrustIsRefusedWithoutAuthoritiesOfOnesOwn() async throws {
        try await serving(server(certificates.server)) { loop, port in
            let error = await #expect(throws: ConnectError.self) { try await connect(loop, port, nil) }
            #expect(error?.fault == .unknownAuthority)
        }
    }

    @Test func aClientsCertificateIsDemandedAndShown() async throws {
        let log = Collected<String>()
        let demanding = try server(certificates.server, clients: certificates.authority)
        try await serving(demanding, log: log) { loop, port in
            let socket = try await connect(loop, port, client(certificates.client))
            #expect(await greeting(socket) == .text("TLSv1.3 SITE#002"))
            socket.close()
            for wrong in [try client(), try client(certificates.foreignClient)] {
                let error = await #expect(throws: ConnectError.self) { try await connect(loop, port, wrong) }
                guard case .refused = error?.fault else {
                    Issue.record("\(String(describing: error))")
                    continue
                }
            }
            #expect(await log.wait { $0.contains { $0.contains("showed no certificate") } })
            #expect(await log.wait { $0.contains { $0.contains("authority that is not trusted") } })
        }
    }

    @Test func newCertificatesCountFromTheNextConnectionOn() async throws {
        let server = try server(certificates.server)
        try await serving(server) { loop, port in
            let before = try await connect(loop, port, client())
            try server.replace(TLSServerOptions(identity: certificates.renewed.identity))
            let after = try await connect(loop, port, client())
            #expect(before.request.tls?.commonName == "server")
            #expect(after.request.tls?.commonName == "renewed")
            #expect(before.request.tls?.fingerprint != after.request.tls?.fingerprint)
            _ = await greeting(before)
            try before.send("still here")
            #expect(await greeting(before) == .text("still here"))
            #expect(throws: TLSError.keyOfAnother) {
                try server.replace(
                    TLSServerOptions(
                        identity: TLSIdentity(
                            certificates: certificates.server.certificate, key: certificates.renewed.key)))
            }
            let again = try await connect(loop, port, client())
            #expect(again.request.tls?.commonName == "renewed", "what cannot be used replaces nothing")
            for socket in [before, after, again] { socket.close() }
        }
    }

    @Test func aClientsNewCertificateCountsFromTheNextConnectionOn() async throws {
        let demanding = try server(certificates.server, clients: certificates.authority)
        try await serving(demanding) { loop, port in
            let tls = try client()
            await #expect(throws: ConnectError.self) { try await connect(loop, port, tls) }
            try tls.replace(
                TLSClientOptions(authorities: certificates.authority, identity: certificates.client.identity))
            let socket = try await connect(loop, port, tls)
            #expect(await greeting(socket) == .text("TLSv1.3 SITE#002"))
            socket.close()
        }
    }

    /// OCPP security profiles 2 and 3 allow TLS 1.2 and later.
    @Test func versionsBeforeOneTwoAreRefused() async throws {
        let log = Collected<String>()
        try await serving(server(certificates.server), log: log) { _, port in
            #expect(await Certificates.openssl(port, "-tls1_2").contains("Cipher is ECDHE"))
            #expect(await !Certificates.openssl(port, "-tls1_1").contains("Cipher is ECDHE"))
            #expect(await log.wait { $0.contains { $0.contains("no version of TLS that is allowed") } })
        }
        let modern = try TLSServer(TLSServerOptions(identity: certificates.server.identity, minimum: .v13))
        try await serving(modern) { _, port in
            #expect(await Certificates.openssl(port, "-tls1_3").contains("Cipher is TLS_"))
            #expect(await !Certificates.openssl(port, "-tls1_2").contains("Cipher is ECDHE"))
        }
    }

    @Test func whoSpeaksNoTLSIsSentAway() async throws {
        let log = Collected<String>()
        try await serving(server(certificates.server), log: log) { _, port in
            let address = ListenAddress.loopback(port: port)
            let client = try RawClient(address)
            try await client.send(get("/", address))
            let answer = try await client.receiveAll()
            #expect(!answer.starts(with: Array("HTTP".utf8)))
            #expect(await log.wait { $0.contains { $0.contains("does not speak TLS") } })
        }
        let short = policy { $0.headTimeout = .milliseconds(300) }
        try await NetworkTests.serving(short, handler: TLSTests.echo) { address in
            let loop = NetworkLoop()
            try loop.start()
            let error = await #expect(throws: ConnectError.self) { try await connect(loop, address.port, client()) }
            #expect(error?.fault == .notTLS)
            await loop.stop()
        }
    }

    @Test func aClientThatDripsItsHandshakeIsGivenUp() async throws {
        let loop = NetworkLoop()
        try loop.start()
        let listener = try loop.listen(
            on: .loopback(), policy: policy { $0.headTimeout = .milliseconds(300) }, tls: server(certificates.server),
            handler: TLSTests.echo)
        let client = try RawClient(listener.address)
        try await client.send([0x16, 3, 1])
        #expect(try await client.receiveAll().isEmpty)
        #expect(await eventually { await listener.connections() == 0 })
        await loop.stop()
    }

    @Test func materialThatCannotBeUsedIsNamed() throws {
        let good = certificates.server
        #expect(throws: TLSError.keyOfAnother) {
            try TLSServer(
                TLSServerOptions(
                    identity: TLSIdentity(certificates: good.certificate, key: certificates.client.key)))
        }
        for certificate in [[], Array("none".utf8), good.key] {
            let error = #expect(throws: TLSError.self) {
                try TLSServer(TLSServerOptions(identity: TLSIdentity(certificates: certificate, key: good.key)))
            }
            guard case .noCertificate = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
        }
        for key in [[], Array("no key".utf8), good.certificate] {
            let error = #expect(throws: TLSError.self) {
                try TLSServer(TLSServerOptions(identity: TLSIdentity(certificates: good.certificate, key: key)))
            }
            guard case .noKey = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
        }
        let error = #expect(throws: TLSError.self) { try TLSClient(TLSClientOptions(authorities: Array("x".utf8))) }
        guard case .noAuthority = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }
}
