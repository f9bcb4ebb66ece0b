import Network
import Testing

@Suite struct WebSocketClientFlowTests {
    /// A socket of ours and the hand-made server's end of it.
    private func connected(
        _ socket: WebSocketOptions = WebSocketOptions(), _ use: (WebSocketConnection, RawStream) async throws -> Void
    ) async throws {
        let server = try RawServer()
        let loop = NetworkLoop()
        try loop.start()
        do {
            async let served = server.acceptWebSocket()
            let client = try await loop.connect(
                to: ServerTarget("ws://127.0.0.1:\(server.port)/"),
                WebSocketClientOptions(subprotocols: ["ocpp1.6"], socket: socket))
            try await use(client, served.stream)
            await loop.stop()
        } catch {
            await loop.stop()
            throw error
        }
    }

    private func frame(_ opcode: UInt8, _ text: String, final: Bool = true) -> [UInt8] {
        RawWebSocket.frame(opcode, Array(text.utf8), final: final, masked: false)
    }

    /// A frame of ours: its first byte and its unmasked payload.
    private func received(_ stream: RawStream) async throws -> (opcode: UInt8, payload: [UInt8]) {
        let head = try await stream.take(2)
        #expect(head[1] & 0x80 != 0)
        let mask = try await stream.take(4)
        let payload = try await stream.take(Int(head[1] & 0x7F))
        return (head[0] & 15, payload.indices.map { payload[$0] ^ mask[$0 & 3] })
    }

    /// Facts, behaviours 11.
    @Test func fragmentsAndLongMessagesAreTakenAsOne() async throws {
        try await connected { socket, stream in
            let long = String(repeating: "x", count: 70_000)
            let bytes =
                frame(1, "one ", final: false) + frame(9, "p") + frame(0, "two ", final: false) + frame(0, "three")
                + frame(1, long)
            try await stream.client.send(bytes)
            var messages: [WebSocketMessage] = []
            for await message in socket.messages {
                messages.append(message)
                if messages.count == 2 { break }
            }
            #expect(messages == [.text("one two three"), .text(long)])
            let pong = try await received(stream)
            #expect(pong.opcode == 10 && pong.payload == Array("p".utf8))
        }
    }

    @Test func messagesThatComeWithTheAnswerAreNotLost() async throws {
        let server = try RawServer()
        let loop = NetworkLoop()
        try loop.start()
        // 0x01 is the first byte of a text that is not finished.
        async let served = server.acceptWebSocket { RawServer.switching($0) + "\u{1}" }
        let socket = try await loop.connect(to: ServerTarget("ws://127.0.0.1:\(server.port)/"))
        let stream = try await served.stream
        try await stream.client.send([5] + Array("early".utf8) + frame(0, "!"))
        for await message in socket.messages {
            #expect(message == .text("early!"))
            break
        }
        await loop.stop()
    }

    @Test func aMaskedFrameOfAServerBreaksTheProtocol() async throws {
        try await connected { socket, stream in
            try await stream.client.send(RawWebSocket.frame(1, [65]))
            let close = try await received(stream)
            #expect(close.opcode == 8 && close.payload.prefix(2) == [0x03, 0xEA])
            #expect(await socket.closed() == .byUs(code: 1002, reason: "a server's frame is masked"))
        }
    }

    @Test func aGiantFrameIsRefusedBeforeItComes() async throws {
        try await connected(WebSocketOptions(maximumMessage: 1000)) { socket, stream in
            try await stream.client.send([0x82, 127, 0, 0, 0, 0, 0x40, 0, 0, 0])
            let close = try await received(stream)
            #expect(close.payload.prefix(2) == [0x03, 0xF1])
            guard case .byUs(1009, _) = await socket.closed() else {
                Issue.record("\(String(describing: socket.closure))")
                return
            }
        }
    }

    /// What others got wrong: no reconnect after a pong that did not come.
    @Test func aServerThatNeverAnswersPingsIsLost() async throws {
        let options = WebSocketOptions(pingInterval: .milliseconds(50), pongTimeout: .milliseconds(100))
        try await connected(options) { socket, stream in
            let ping = try await received(stream)
            #expect(ping.opcode == 9)
            guard case .lost(let reason) = await socket.closed() else {
                Issue.record("\(String(describing: socket.closure))")
                return
            }
            #expect(reason.contains("no answer to a ping"))
            #expect(throws: WebSocketError.closed) { try socket.send("x") }
        }
    }

    @Test func aServerThatAnswersPingsIsKept() async throws {
        let options = WebSocketOptions(pingInterval: .milliseconds(50), pongTimeout: .seconds(20))
        try await connected(options) { socket, stream in
            for _ in 0..<5 {
                let ping = try await received(stream)
                #expect(ping.opcode == 9)
                try await stream.client.send(RawWebSocket.frame(10, ping.payload, masked: false))
            }
            #expect(socket.closure == nil)
        }
    }

    @Test func aCloseOfTheServerIsAnsweredAndSaid() async throws {
        try await connected { socket, stream in
            try await stream.client.send(
                RawWebSocket.frame(8, [0x03, 0xE8] + Array("bye".utf8), masked: false))
            let close = try await received(stream)
            #expect(close.opcode == 8 && close.payload == [0x03, 0xE8])
            #expect(await socket.closed() == .byPeer(code: 1000, reason: "bye"))
        }
    }

    @Test func aServerThatIsGoneIsNoticed() async throws {
        try await connected { socket, stream in
            stream.client.vanish(reset: true)
            #expect(await socket.closed() == .lost(reason: "the connection went away"))
        }
    }

    @Test func aNewerConnectionOfAnIdClosesTheOlder() async throws {
        let newest = NewestConnections<String>()
        let current = Collected<Bool>()
        try await serving(handler: { request in
            .upgrade(request, speaking: ["ocpp1.6"]) { socket in
                let place = newest.enter(request.path) { socket.close(.policy, reason: "a newer connection came") }
                for await message in socket.messages {
                    current.add(newest.isCurrent(place))
                    try? socket.send(message)
                }
                newest.leave(place)
            }
        }) { address in
            let loop = NetworkLoop()
            try loop.start()
            let options = WebSocketClientOptions(subprotocols: ["ocpp1.6"])
            let target = try ServerTarget("ws://\(address)/CP1")
            let older = try await loop.connect(to: target, options)
            #expect(await eventually { newest.ids == ["/CP1"] })
            let newer = try await loop.connect(to: target, options)
            #expect(await older.closed() == .byPeer(code: 1008, reason: "a newer connection came"))
            try newer.send("x")
            for await message in newer.messages {
                #expect(message == .text("x"))
                break
            }
            #expect(current.all == [true])
            #expect(newest.ids == ["/CP1"], "the older one's end does not remove the newer")
            newer.close()
            #expect(await eventually { newest.ids.isEmpty })
            await loop.stop()
        }
    }
}
