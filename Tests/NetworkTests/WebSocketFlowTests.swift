import Network
import Testing

@Suite struct WebSocketFlowTests {
    private static let kilobyte = EncodedMessage(binary: [UInt8](repeating: 7, count: 1024))

    @Test func aSilentClientIsPingedAndThenLeft() async throws {
        let ends = Collected<WebSocketClosure>()
        let options = WebSocketOptions(pingInterval: .milliseconds(100), pongTimeout: .seconds(3))
        try await serving(handler: { _ in
            .upgrade(options: options) { socket in ends.add(await socket.closed()) }
        }) { address in
            let client = try RawClient(address)
            let pings = await client.answerPings(3, after: RawWebSocket.handshake("/", address))
            #expect(pings == 4)
            #expect(
                await ends.wait {
                    if case .lost(let reason) = $0.first { return reason.contains("ping") }
                    return false
                })
        }
    }

    @Test func aClientThatReadsSlowlyIsDisconnected() async throws {
        let failures = Collected<WebSocketError>()
        try await serving(handler: { _ in
            .upgrade(options: WebSocketOptions(maximumQueue: 64 << 10, pingInterval: nil)) { socket in
                do throws(WebSocketError) {
                    while true {
                        try socket.send(WebSocketFlowTests.kilobyte)
                        await Task.yield()
                    }
                } catch { failures.add(error) }
                for await _ in socket.messages {}
                #expect(await socket.closed() == .byUs(code: 1013, reason: "reads too slowly"))
            }
        }) { address in
            let socket = try await RawWebSocket(address, receiveBuffer: 4096)
            let isTooSlow: @Sendable ([WebSocketError]) -> Bool = {
                if case .tooSlow(let waiting) = $0.first { return waiting > 60 << 10 && waiting <= 66 << 10 }
                return false
            }
            #expect(await failures.wait(isTooSlow))
            var last = try await socket.frame()
            while last.opcode == 2 { last = try await socket.frame() }
            #expect(last.closeCode == 1013)
        }
    }

    @Test func theOldestMessagesGiveWayToTheNewest() async throws {
        let count = 20_000
        try await serving(handler: { _ in
            .upgrade(options: WebSocketOptions(maximumQueue: 64 << 10, overflow: .dropOldest, pingInterval: nil)) {
                socket in
                for number in 0..<count {
                    try? socket.send("\(number) " + String(repeating: "x", count: 1000))
                    if number % 100 == 0 { try? await Task.sleep(for: .milliseconds(1)) }
                }
                for await _ in socket.messages {}
            }
        }) { address in
            let socket = try await RawWebSocket(address, receiveBuffer: 4096)
            var numbers: [Int] = []
            while numbers.last != count - 1 {
                let frame = try await socket.frame()
                numbers.append(try #require(Int(frame.text.prefix { $0 != " " })))
            }
            #expect(numbers == numbers.sorted())
            #expect(numbers.count < count)
        }
    }

    @Test func aStreamOfStatesSkipsForAClientThatIsBehind() async throws {
        let skipped = Collected<Bool>()
        try await serving(handler: { _ in
            .upgrade(options: WebSocketOptions(pingInterval: nil)) { socket in
                let big = EncodedMessage(binary: [UInt8](repeating: 0, count: 16 << 20))
                let first = try? socket.offer(big)
                #expect(first == true)
                while (try? socket.offer(WebSocketFlowTests.kilobyte)) == true {}
                skipped.add(socket.isDrained)
                #expect(await socket.drained())
                #expect((try? socket.offer(EncodedMessage(text: "newest"))) == true)
                for await _ in socket.messages {}
            }
        }) { address in
            let socket = try await RawWebSocket(address, receiveBuffer: 4096)
            #expect(await skipped.wait { $0 == [false] })
            #expect(try await socket.frame().payload.count == 16 << 20)
            var frame = try await socket.frame()
            while frame.opcode == 2 { frame = try await socket.frame() }
            #expect(frame.text == "newest")
        }
    }

    @Test func aClientThatSendsFasterThanIsReadIsHeldBack() async throws {
        let (gate, open) = AsyncStream<Void>.makeStream()
        let size = 1 << 20
        let count = 16
        let total = Collected<Int>()
        let options = WebSocketOptions(pingInterval: .milliseconds(200), pongTimeout: .seconds(2))
        try await serving(handler: { _ in
            .upgrade(options: options) { socket in
                for await _ in gate { break }
                for await case .binary(let bytes) in socket.messages { total.add(bytes.count) }
            }
        }) { address in
            let frame = RawWebSocket.frame(2, [UInt8](repeating: 1, count: size))
            var frames: [UInt8] = []
            for _ in 1..<count { frames.append(contentsOf: frame) }
            // With the first message the server stops to read.
            let socket = try await RawWebSocket(address, early: frame)
            let sent = Collected<Bool>()
            let sender = Task { [frames] in
                try await socket.client.send(frames)
                sent.add(true)
            }
            // 16 MB do not fit into what the kernel and the server hold for a connection that is not read. The client
            // answers no pings, but it must not be taken for dead: an answer would wait behind its messages.
            try await Task.sleep(for: .seconds(4))
            #expect(sent.all.isEmpty)
            open.yield()
            #expect(await total.wait { $0.reduce(0, +) == size * count })
            try await sender.value
        }
    }

    @Test func oneMessageReachesAHundredClients() async throws {
        let sockets = Collected<WebSocketConnection>()
        try await serving(handler: { _ in
            .upgrade(options: WebSocketOptions(pingInterval: nil)) { socket in
                sockets.add(socket)
                for await _ in socket.messages {}
            }
        }) { address in
            var clients: [RawWebSocket] = []
            for _ in 0..<100 { clients.append(try await RawWebSocket(address)) }
            #expect(await sockets.wait { $0.count == 100 })
            let state = EncodedMessage(text: String(repeating: "state ", count: 10_000))
            for socket in sockets.all { try socket.send(state) }
            for client in clients { #expect(try await client.frame().payload.count == 60_000) }
        }
    }

    @Test func pingsDoNotFillTheQueueOfAClientThatDoesNotRead() async throws {
        try await serving(handler: { _ in
            .upgrade { socket in
                for await message in socket.messages { try? socket.send(message) }
            }
        }) { address in
            let socket = try await RawWebSocket(address)
            let pings = (0..<20_000).flatMap { RawWebSocket.frame(9, Array("\($0)".utf8)) }
            try await socket.client.send(pings + RawWebSocket.frame(1, Array("end".utf8)))
            var answered: [Int] = []
            while true {
                let frame = try await socket.frame()
                if frame.opcode == 1 { break }
                answered.append(try #require(Int(frame.text)))
            }
            #expect(answered == answered.sorted())
            #expect(answered.last == 19_999)
        }
    }

    @Test(arguments: [false, true])
    func theSessionOfAClientThatVanishesEnds(_ reset: Bool) async throws {
        let events = Collected<String>()
        try await serving(handler: { _ in
            .upgrade { socket in
                events.add("open")
                for await _ in socket.messages {}
                do { try await Task.sleep(for: .seconds(600)) } catch { events.add("cancelled") }
                #expect(throws: WebSocketError.closed) { try socket.send("late") }
                if case .lost = await socket.closed() { events.add("lost") }
            }
        }) { address in
            let socket = try await RawWebSocket(address)
            #expect(await events.wait { $0 == ["open"] })
            socket.client.vanish(reset: reset)
            #expect(await events.wait { $0 == ["open", "cancelled", "lost"] })
        }
    }

    @Test func messagesReceivedBeforeTheEndAreStillRead() async throws {
        let read = Collected<WebSocketMessage>()
        let (gate, open) = AsyncStream<Void>.makeStream()
        try await serving(handler: { _ in
            .upgrade { socket in
                _ = await socket.closed()
                for await _ in gate { break }
                for await message in socket.messages { read.add(message) }
            }
        }) { address in
            let socket = try await RawWebSocket(address)
            for text in ["one", "two"] { try await socket.send(text) }
            try await socket.send(8, [3, 0xE8])
            #expect(try await socket.frame().opcode == 8)
            open.yield()
            #expect(await read.wait { $0 == [.text("one"), .text("two")] })
        }
    }
}
