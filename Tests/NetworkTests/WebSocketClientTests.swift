import Network
import Testing

@Suite struct WebSocketClientTests {
    private static let echo: HTTPHandler = { request in
        .upgrade(request, speaking: ["ocpp1.6"]) { socket in
            for await message in socket.messages { try? socket.send(message) }
        }
    }

    private func options(_ change: (inout WebSocketClientOptions) -> Void = { _ in }) -> WebSocketClientOptions {
        var options = WebSocketClientOptions(subprotocols: ["ocpp1.6"])
        change(&options)
        return options
    }

    /// A running loop to connect with, stopped afterwards.
    private func withLoop<Value: Sendable>(_ use: (NetworkLoop) async throws -> Value) async throws -> Value {
        let loop = NetworkLoop()
        try loop.start()
        do {
            let value = try await use(loop)
            await loop.stop()
            return value
        } catch {
            await loop.stop()
            throw error
        }
    }

    private func target(_ port: UInt16, _ path: String = "/ocpp/CP1") throws -> ServerTarget {
        try ServerTarget("ws://127.0.0.1:\(port)\(path)")
    }

    /// Why connecting to a hand-made server failed that answers so.
    private func failure(_ answer: @escaping @Sendable (String) -> String) async throws -> ConnectError? {
        let server = try RawServer()
        let options = options()
        return try await withLoop { loop in
            async let served = server.acceptWebSocket(answer)
            var failure: ConnectError?
            do { _ = try await loop.connect(to: target(server.port), options) } catch let error as ConnectError {
                failure = error
            }
            _ = try await served
            return failure
        }
    }

    @Test func messagesGoBothWaysInOrderAndOfAnyLength() async throws {
        try await serving(handler: WebSocketClientTests.echo) { address in
            try await withLoop { loop in
                let socket = try await loop.connect(to: target(address.port), options())
                #expect(socket.subprotocol == "ocpp1.6")
                let sent: [WebSocketMessage] =
                    [0, 1, 125, 126, 65535, 65536, 200_000].map { .text(String(repeating: "ä", count: $0 / 2)) }
                    + [.binary([0, 255, 7])]
                for message in sent { try socket.send(message) }
                var received: [WebSocketMessage] = []
                for await message in socket.messages {
                    received.append(message)
                    if received.count == sent.count { break }
                }
                #expect(received == sent)
                socket.close()
                #expect(await socket.closed() == .byUs(code: 1000, reason: ""))
            }
        }
    }

    @Test func theRequestIsThatOfTheStandard() async throws {
        let server = try RawServer()
        try await withLoop { loop in
            async let served = server.acceptWebSocket()
            let target = try ServerTarget("ws://127.0.0.1:\(server.port)/ocpp/?v=1").appending(segment: "SITE #2/ä")
            let socket = try await loop.connect(
                to: target,
                options {
                    $0.credentials = BasicCredentials(user: "SITE #2", password: [0, 0xFF, 0x3A])
                    $0.headers = ["X-Site": "7", "Host": "other", "Upgrade": "h2c"]
                })
            let (stream, request) = try await served
            #expect(request[0] == "GET /ocpp/SITE%20%232%2F%C3%A4?v=1 HTTP/1.1")
            #expect(request.contains("Host: 127.0.0.1:\(server.port)"))
            #expect(request.contains("Upgrade: websocket") && request.contains("Connection: Upgrade"))
            #expect(request.contains("Sec-WebSocket-Version: 13") && request.contains("X-Site: 7"))
            #expect(request.contains("Sec-WebSocket-Protocol: ocpp1.6"))
            // `printf 'SITE #2:\000\377:' | base64`
            #expect(request.contains("Authorization: Basic U0lURSAjMjoA/zo="))
            #expect(request.count == 9)
            try socket.send("Hello")
            let head = try await stream.take(6)
            #expect(head[0] == 0x81 && head[1] == 0x85, "a client's frames are masked (RFC 6455, 5.1)")
            let body = try await stream.take(5)
            #expect(body.indices.map { body[$0] ^ head[2 + $0 % 4] } == Array("Hello".utf8))
            #expect(head[2...5] != [0, 0, 0, 0][...])
        }
    }

    @Test func theHandlerSeesPathAndCredentialsDecoded() async throws {
        let seen = Collected<HTTPRequest>()
        try await serving(handler: { request in
            seen.add(request)
            return await WebSocketClientTests.echo(request)
        }) { address in
            try await withLoop { loop in
                let target = try target(address.port, "/ocpp").appending(segment: "SITE#002")
                let key = BasicCredentials(user: "SITE#002", password: Array(0..<20))
                let socket = try await loop.connect(to: target, options { $0.credentials = key })
                #expect(seen.all.first?.segments == ["ocpp", "SITE#002"])
                #expect(seen.all.first?.basicCredentials == key)
                socket.close()
            }
        }
    }

    /// Facts, behaviours 1 to 3.
    @Test func aServerWithoutTheSubprotocolIsNotConnectedTo() async throws {
        let none = try await failure { RawServer.switching($0) }
        guard case .wrongSubprotocol(_, ["ocpp1.6"], nil) = none else {
            Issue.record("\(String(describing: none))")
            return
        }
        let other = try await failure { RawServer.switching($0, "Sec-WebSocket-Protocol: ocpp2.0.1\r\n") }
        guard case .wrongSubprotocol(_, ["ocpp1.6"], "ocpp2.0.1") = other else {
            Issue.record("\(String(describing: other))")
            return
        }
        #expect(other?.description.contains("does not speak ocpp1.6 but ocpp2.0.1") == true)
    }

    @Test func theServerTakesItsSubprotocolOutOfSeveralAndRefusesOthers() async throws {
        try await serving(handler: WebSocketClientTests.echo) { address in
            try await withLoop { loop in
                let both = try await loop.connect(
                    to: target(address.port), options { $0.subprotocols = ["ocpp0.1", "ocpp1.6"] })
                #expect(both.subprotocol == "ocpp1.6")
                for offered in [["ocpp0.1"], []] {
                    let error = await #expect(throws: ConnectError.self) {
                        try await loop.connect(to: target(address.port), options { $0.subprotocols = offered })
                    }
                    guard case .refused(_, 400, _) = error else {
                        Issue.record("\(String(describing: error))")
                        continue
                    }
                }
                both.close()
            }
        }
    }

    @Test func aListenerForBoxesTakesAnyHostAndNoPage() async throws {
        try await serving(.boxes, handler: WebSocketClientTests.echo) { address in
            let other = ListenAddress(host: "master.local", port: 80)
            func handshake(_ more: String) -> String {
                RawWebSocket.handshake("/CP1", other, "Sec-WebSocket-Protocol: ocpp1.6\r\n" + more)
            }
            let opened = try await ask(address, handshake(""), hasBody: false)
            #expect(opened.status == 101)
            let page = try await ask(address, handshake("Origin: http://master.local\r\n"))
            #expect(page.status == 403)
            let deleted = try await ask(address, get("/CP1", other, method: "DELETE"))
            #expect(deleted.status == 405)
        }
    }

    @Test func whatTheServerAnswersIsSaidInWords() async throws {
        #expect(try await failure { _ in "HTTP/1.1 401 Unauthorized\r\n\r\n" }?.description.contains("401") == true)
        let missing = try await failure { _ in "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n" }
        guard case .refused(_, 404, "Not Found") = missing else {
            Issue.record("\(String(describing: missing))")
            return
        }
        let answers: [@Sendable (String) -> String] = [
            { _ in "SSH-2.0-OpenSSH\r\n\r\n" },
            { RawServer.switching($0 + "x") },
            { RawServer.switching($0).replacingFirst("Upgrade: websocket", "Upgrade: h2c") },
            { RawServer.switching($0).replacingFirst("Connection: Upgrade", "Connection: close") },
            { RawServer.switching($0, "Sec-WebSocket-Extensions: permessage-deflate\r\n") },
            { RawServer.switching($0, "broken field\r\n") },
            { _ in "HTTP/1.1 101 " + String(repeating: "x", count: 20_000) },
        ]
        for answer in answers {
            let error = try await failure(answer)
            guard case .notWebSocket = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
        }
    }

    @Test func aServerThatClosesOrSaysNothingIsGivenUp() async throws {
        let server = try RawServer()
        try await withLoop { loop in
            let gone = Task { try await server.accept().vanish() }
            let error = await #expect(throws: ConnectError.self) {
                try await loop.connect(to: target(server.port), options())
            }
            try await gone.value
            guard case .lost = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            let silent = Task { try await server.accept() }
            await #expect(throws: ConnectError.timedOut(host: "127.0.0.1:\(server.port)", "opening the WebSocket")) {
                try await loop.connect(to: target(server.port), options { $0.handshakeTimeout = .milliseconds(200) })
            }
            _ = try await silent.value
        }
    }

    @Test func aServerThatDripsItsAnswerIsGivenUp() async throws {
        let server = try RawServer()
        try await withLoop { loop in
            let dripping = Task {
                let client = try await server.accept()
                await client.drip(Array(RawServer.switching("x").utf8), pause: 50_000)
            }
            await #expect(throws: ConnectError.timedOut(host: "127.0.0.1:\(server.port)", "opening the WebSocket")) {
                try await loop.connect(to: target(server.port), options { $0.handshakeTimeout = .milliseconds(500) })
            }
            try await dripping.value
        }
    }

    @Test func addressesThatLeadNowhereSayWhy() async throws {
        let port = try RawServer().port
        try await withLoop { loop in
            let refused = await #expect(throws: ConnectError.self) {
                try await loop.connect(to: target(port), options())
            }
            #expect(refused?.description.contains("127.0.0.1:\(port) cannot be reached: Connection refused") == true)
            let unknown = await #expect(throws: ConnectError.self) {
                try await loop.connect(to: ServerTarget("ws://nowhere.invalid/x"), options())
            }
            guard case .notResolved("nowhere.invalid", _) = unknown else {
                Issue.record("\(String(describing: unknown))")
                return
            }
        }
        let stopped = NetworkLoop()
        await #expect(throws: ConnectError.self) { try await stopped.connect(to: target(port), options()) }
    }

    @Test func whoIsCancelledWaitsNoLonger() async throws {
        let server = try RawServer()
        try await withLoop { loop in
            let (target, options) = (try target(server.port), options())
            let connecting = Task { try await loop.connect(to: target, options) }
            let accepted = try await server.accept()
            connecting.cancel()
            await #expect(throws: ConnectError.cancelled) { try await connecting.value }
            _ = accepted
        }
    }

    @Test(arguments: [
        "http://a/", "ws://", "ws:///x", "ws://a:0/", "ws://a:70000/", "ws://u:p@a/", "ws://a/#x", "ws://a/ b", "a", "",
        "ws://ä/", "ws://a:b/", "ws://[::1/",
    ])
    func brokenTargetsAreRefused(_ url: String) {
        #expect(throws: ConnectError.self) { try ServerTarget(url) }
    }

    @Test func targetsAreReadAsWritten() throws {
        let plain = try ServerTarget("WS://Csms.Example")
        #expect(plain.host == "csms.example" && plain.port == 80 && plain.path == "/" && !plain.isSecure)
        let secure = try ServerTarget("wss://[2001:db8::7]:8443/a?b")
        #expect(secure.host == "2001:db8::7" && secure.port == 8443 && secure.path == "/a?b" && secure.isSecure)
        #expect(secure.appending(segment: "x").description == "wss://[2001:db8::7]:8443/a/x?b")
        #expect(try ServerTarget("wss://a").port == 443)
        #expect(try ServerTarget("ws://a?x").path == "/?x")
    }
}

extension String {
    fileprivate func replacingFirst(_ part: String, _ other: String) -> String {
        guard let range = firstRange(of: part) else { return self }
        return replacingCharacters(in: range, with: other)
    }

    private func replacingCharacters(in range: Range<Index>, with other: String) -> String {
        String(self[..<range.lowerBound]) + other + String(self[range.upperBound...])
    }
}
