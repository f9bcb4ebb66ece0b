import Network
import Testing

@Suite struct WebSocketServerTests {
    private static let echo: HTTPHandler = { request in
        .upgrade(
            subprotocol: request.webSocket?.subprotocols.first, options: WebSocketOptions(maximumMessage: 1 << 20)
        ) { socket in
            for await message in socket.messages { try? socket.send(message) }
        }
    }

    @Test func aHandshakeIsAnsweredAsTheStandardSays() async throws {
        try await serving(handler: WebSocketServerTests.echo) { address in
            let socket = try await RawWebSocket(address, "/", "Sec-WebSocket-Protocol: ocpp1.6, ocpp2.0.1\r\n")
            #expect(socket.response.headers["sec-websocket-accept"] == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
            #expect(socket.response.headers["upgrade"] == "websocket")
            #expect(socket.response.headers["connection"]?.lowercased() == "upgrade")
            #expect(socket.response.headers["sec-websocket-protocol"] == "ocpp1.6")
            #expect(socket.response.headers["content-length"] == nil)
            let plain = try await RawWebSocket(address)
            #expect(plain.response.headers["sec-websocket-protocol"] == nil)
        }
    }

    @Test func handshakesThatAreNoneAreRefused() async throws {
        try await serving(handler: WebSocketServerTests.echo) { address in
            let good = RawWebSocket.handshake("/", address)
            let cases: [(String, String, Int)] = [
                ("Sec-WebSocket-Version: 13", "Sec-WebSocket-Version: 8", 426),
                ("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n", "", 400),
                ("dGhlIHNhbXBsZSBub25jZQ==", "c2hvcnQ=", 400),
                ("Connection: keep-alive, Upgrade", "Connection: close", 400),
                ("GET", "POST", 400), ("13\r\n", "13\r\nSec-WebSocket-Protocol: a b\r\n", 400),
            ]
            for (from, to, status) in cases {
                let response = try await ask(address, good.replacing(from, with: to))
                #expect(response.status == status)
                if status == 426 { #expect(response.headers["sec-websocket-version"] == "13") }
            }
            #expect(try await ask(address, get("/", address)).status == 426)
        }
    }

    @Test func aSubprotocolThatWasNotOfferedIsNotChosen() async throws {
        try await serving(handler: { _ in .upgrade(subprotocol: "ocpp1.6") { _ in } }) { address in
            let offer = RawWebSocket.handshake("/", address, "Sec-WebSocket-Protocol: soap\r\n")
            let answer = try await ask(address, offer)
            #expect(answer.status == 500)
        }
    }

    @Test func aHandlerMayRefuseAWebSocket() async throws {
        try await serving(handler: { _ in .text("no", .unauthorized) }) { address in
            let answer = try await ask(address, RawWebSocket.handshake("/", address))
            #expect(answer.status == 401)
        }
    }

    @Test func messagesGoBothWaysInEverySize() async throws {
        try await serving(handler: WebSocketServerTests.echo) { address in
            let socket = try await RawWebSocket(address)
            for size in [0, 1, 125, 126, 65535, 65536, 1 << 20] {
                let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 7) }
                try await socket.send(2, bytes)
                #expect(try await socket.frame() == RawWebSocket.Frame(first: 0x82, payload: bytes))
            }
            try await socket.send("grüße")
            #expect(try await socket.frame() == RawWebSocket.Frame(first: 0x81, payload: Array("grüße".utf8)))
        }
    }

    @Test func fragmentsAreJoinedAndPingsAnsweredBetweenThem() async throws {
        try await serving(handler: WebSocketServerTests.echo) { address in
            let socket = try await RawWebSocket(address)
            try await socket.send(1, Array("Hel".utf8), final: false)
            try await socket.send(9, Array("there?".utf8))
            #expect(try await socket.frame() == RawWebSocket.Frame(first: 0x8A, payload: Array("there?".utf8)))
            try await socket.send(0, Array("lo".utf8))
            #expect(try await socket.frame().text == "Hello")
        }
    }

    @Test func framesMayFollowTheHandshakeAtOnce() async throws {
        try await serving(handler: WebSocketServerTests.echo) { address in
            let socket = try await RawWebSocket(address, early: RawWebSocket.frame(1, Array("early".utf8)))
            #expect(try await socket.frame().text == "early")
        }
    }

    @Test(arguments: [
        (RawWebSocket.frame(1, [65], masked: false), 1002), (RawWebSocket.frame(3, []), 1002),
        (RawWebSocket.frame(1, [65], reserved: 0x40), 1002), (RawWebSocket.frame(0, [65]), 1002),
        (RawWebSocket.frame(1, [0xC3, 0x28]), 1007),
        (RawWebSocket.frame(2, [UInt8](repeating: 0, count: 1 << 20 + 1)), 1009),
        (RawWebSocket.frame(8, [3]), 1002), (RawWebSocket.frame(8, [3, 0xED]), 1002),
        (Array("GET / HTTP/1.1\r\n\r\n".utf8), 1002),
    ])
    func brokenRulesCloseWithTheirCode(_ frame: [UInt8], _ code: Int) async throws {
        try await serving(handler: WebSocketServerTests.echo) { address in
            let socket = try await RawWebSocket(address)
            try await socket.client.send(frame)
            let close = try await socket.frame()
            #expect(close.opcode == 8)
            #expect(close.closeCode == code)
            #expect(try await socket.stream.rest().isEmpty)
        }
    }

    @Test(arguments: [1000, 1001, 3000, 4999])
    func aCloseIsAnsweredWithItsCode(_ code: Int) async throws {
        let ends = Collected<WebSocketClosure>()
        try await serving(handler: { _ in
            .upgrade { socket in
                for await _ in socket.messages {}
                ends.add(await socket.closed())
            }
        }) { address in
            let socket = try await RawWebSocket(address)
            try await socket.send(8, [UInt8(code >> 8), UInt8(code & 255)] + Array("bye".utf8))
            let answer = try await socket.frame()
            #expect(answer.opcode == 8)
            #expect(answer.closeCode == code)
            #expect(try await socket.stream.rest().isEmpty)
            #expect(await ends.wait { $0 == [.byPeer(code: UInt16(code), reason: "bye")] })
        }
    }

    @Test func aCloseWithoutACodeIsAnsweredWithoutOne() async throws {
        try await serving(handler: WebSocketServerTests.echo) { address in
            let socket = try await RawWebSocket(address)
            try await socket.send(8, [])
            #expect(try await socket.frame() == RawWebSocket.Frame(first: 0x88, payload: []))
        }
    }

    @Test func whatWasQueuedComesBeforeTheClose() async throws {
        try await serving(handler: { _ in
            .upgrade { socket in
                for number in 0..<100 { try? socket.send("\(number)") }
                socket.close(.policy, reason: "enough")
            }
        }) { address in
            let socket = try await RawWebSocket(address)
            for number in 0..<100 { #expect(try await socket.frame().text == "\(number)") }
            let close = try await socket.frame()
            #expect(close.closeCode == 1008)
            #expect(close.payload.dropFirst(2) == Array("enough".utf8)[...])
            try await socket.send(8, Array(close.payload.prefix(2)))
            #expect(try await socket.stream.rest().isEmpty)
        }
    }

    @Test func aSessionThatReturnsClosesNormally() async throws {
        try await serving(handler: { _ in .upgrade { _ in } }) { address in
            let close = try await RawWebSocket(address).frame()
            #expect(close.closeCode == 1000)
        }
    }

    @Test func aCloseThatIsNotAnsweredEnds() async throws {
        let ends = Collected<WebSocketClosure>()
        try await serving(handler: { _ in
            .upgrade(options: WebSocketOptions(closeTimeout: .milliseconds(100))) { socket in
                socket.close(.restart, reason: "update")
                ends.add(await socket.closed())
            }
        }) { address in
            let socket = try await RawWebSocket(address)
            #expect(try await socket.frame().closeCode == 1012)
            #expect(try await socket.stream.rest().isEmpty)
            #expect(await ends.wait { $0 == [.byUs(code: 1012, reason: "update")] })
        }
    }

    @Test func stoppingTheLoopSaysGoingAway() async throws {
        let loop = NetworkLoop()
        try loop.start()
        let listener = try loop.listen(on: .loopback(), handler: WebSocketServerTests.echo)
        let socket = try await RawWebSocket(listener.address)
        async let stopped: Void = loop.stop()
        #expect(try await socket.frame().closeCode == 1001)
        try await socket.send(8, [3, 0xE9])
        #expect(try await socket.stream.rest().isEmpty)
        await stopped
    }
}
