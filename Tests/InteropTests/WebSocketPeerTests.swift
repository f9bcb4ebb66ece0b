import Foundation
import Network
import Testing

/// Our WebSockets at the other end of a library we did not write.
@Suite struct WebSocketPeerTests {
    private func withLoop(_ use: (NetworkLoop) async throws -> Void) async throws {
        let loop = NetworkLoop()
        try loop.start()
        do { try await use(loop) } catch {
            await loop.stop()
            throw error
        }
        await loop.stop()
    }

    private func first(_ socket: WebSocketConnection) async -> WebSocketMessage? {
        for await message in socket.messages { return message }
        return nil
    }

    private func options(_ credentials: BasicCredentials? = nil, tls: TLSClient? = nil) -> WebSocketClientOptions {
        WebSocketClientOptions(subprotocols: ["ocpp1.6"], credentials: credentials, tls: tls)
    }

    private func started(_ arguments: [String] = []) async throws -> (peer: Peer, port: String) {
        let peer = try Programs.python("websocket_server.py", arguments)
        let port = try await peer.line { $0.hasPrefix("port ") }.dropFirst(5)
        return (peer, String(port))
    }

    @Test func ourClientSpeaksWithAServerOfAnotherLibrary() async throws {
        let (peer, port) = try await started()
        try await withLoop { loop in
            func open(_ kind: String) async throws -> WebSocketConnection {
                let target = try ServerTarget("ws://127.0.0.1:\(port)/\(kind)").appending(segment: "SITE#2 ä")
                return try await loop.connect(to: target, options())
            }
            let echo = try await open("echo")
            for text in ["hello ä", String(repeating: "y", count: 300_000)] {
                try echo.send(text)
                #expect(await first(echo) == .text(text))
            }
            try await peer.line { $0 == "open /echo/SITE#2 ä - ocpp1.6" }
            echo.close(.normal, reason: "done")
            #expect(await echo.closed() == .byUs(code: 1000, reason: "done"))
            try await peer.line { $0 == "closed 1000 done" }

            let fragments = try await open("fragments")
            #expect(await first(fragments) == .text((0..<5).map { "piece \($0) ä " }.joined()))
            let big = try await open("big")
            #expect(await first(big) == .text(String(repeating: "x", count: 300_000)))
            let pinged = try await open("ping")
            try await peer.line { $0 == "pong" }
            let closed = try await open("close")
            #expect(await closed.closed() == .byPeer(code: 1012, reason: "back soon"))
            for socket in [fragments, big, pinged] { socket.close() }
        }
        try await peer.stop(SIGKILL)
    }

    @Test func ourClientIsRefusedByAServerOfAnotherLibrary() async throws {
        let (peer, port) = try await started()
        try await withLoop { loop in
            let auth = try ServerTarget("ws://127.0.0.1:\(port)/auth")
            await #expect(throws: ConnectError.unauthorized(host: "127.0.0.1:\(port)")) {
                try await loop.connect(to: auth, options(BasicCredentials(user: "CP1", password: Array("no".utf8))))
            }
            let key = BasicCredentials(user: "CP1", password: Array("secret".utf8))
            let socket = try await loop.connect(to: auth, options(key))
            try await peer.line { $0 == "open /auth CP1:secret ocpp1.6" }
            socket.close()
            let other = try ServerTarget("ws://127.0.0.1:\(port)/other")
            await #expect(
                throws: ConnectError.wrongSubprotocol(
                    host: "127.0.0.1:\(port)", offered: ["ocpp1.6"], chosen: nil)
            ) { try await loop.connect(to: other, options()) }
        }
        try await peer.stop(SIGKILL)
    }

    @Test func bothEndsSpeakTLSWithAnotherLibrary() async throws {
        let folder = try Folder()
        let (certificate, key) = (folder.path + "/server.pem", folder.path + "/server.key")
        let openssl = try Peer(
            "/usr/bin/openssl",
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", key,
                "-out", certificate, "-days", "3650", "-subj", "/CN=peer", "-addext",
                "subjectAltName=IP:127.0.0.1",
            ])
        openssl.closeInput()
        #expect(try await openssl.end() == 0)
        func bytes(_ path: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(fileURLWithPath: path))) }

        let (peer, port) = try await started([certificate, key, certificate])
        try await withLoop { loop in
            let target = try ServerTarget("wss://127.0.0.1:\(port)/echo")
            let identity = TLSIdentity(certificates: try bytes(certificate), key: try bytes(key))
            let tls = try TLSClient(TLSClientOptions(authorities: bytes(certificate), identity: identity))
            let socket = try await loop.connect(to: target, options(tls: tls))
            let text = String(repeating: "z", count: 300_000)
            try socket.send(text)
            #expect(await first(socket) == .text(text))
            socket.close()
            let bare = try TLSClient(TLSClientOptions(authorities: bytes(certificate)))
            await #expect(throws: ConnectError.self) { try await loop.connect(to: target, options(tls: bare)) }

            let server = try TLSServer(TLSServerOptions(identity: identity))
            let listener = try loop.listen(on: .loopback(), tls: server, handler: WebSocketPeerTests.echo)
            let client = try Programs.python(
                "websocket_client.py",
                ["wss://127.0.0.1:\(listener.address.port)/CP1", "ocpp1.6", "CP1", "secret", certificate])
            #expect(try await client.end() == 0)
            #expect(client.lines.last == "" || client.lines.last == "closed 1000")
            #expect(client.lines.contains("length 300000"))
        }
        try await peer.stop(SIGKILL)
    }

    /// Facts, behaviours 2, 3 and 11.
    @Test func ourServerSpeaksWithAClientOfAnotherLibrary() async throws {
        try await withLoop { loop in
            let listener = try loop.listen(on: .loopback(), handler: WebSocketPeerTests.echo)
            func run(_ offered: String, _ password: String = "secret") async throws -> [String] {
                let client = try Programs.python(
                    "websocket_client.py",
                    ["ws://\(listener.address)/ocpp/SITE%23002", offered, "SITE#002", password])
                #expect(try await client.end() == 0)
                return client.lines.filter { !$0.isEmpty }
            }
            let fragments = "echo " + (0..<5).map { "piece \($0) ä " }.joined()
            let expected = ["open ocpp1.6", "echo hello ä", fragments, "length 300000", "pong", "closed 1000"]
            #expect(try await run("ocpp1.6") == expected)
            #expect(try await run("ocpp0.1,ocpp1.6") == expected)
            #expect(try await run("ocpp0.1") == ["refused 400"])
            #expect(try await run("-") == ["refused 400"])
            #expect(try await run("ocpp1.6", "wrong") == ["refused 401"])
        }
    }

    private static let echo: HTTPHandler = { request in
        let known = [("SITE#002", "secret"), ("CP1", "secret")]
        guard let given = request.basicCredentials, given.user == request.segments.last,
            known.contains(where: { $0.0 == given.user && Array($0.1.utf8) == given.password })
        else { return .text("who are you?\n", .unauthorized) }
        return .upgrade(request, speaking: ["ocpp1.6"]) { socket in
            for await message in socket.messages { try? socket.send(message) }
        }
    }
}
