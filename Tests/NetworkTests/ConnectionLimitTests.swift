import Network
import Testing

@Suite struct ConnectionLimitTests {
    private static let page: HTTPHandler = { _ in .text("page") }

    @Test func aHeadThatDripsInIsGivenUp() async throws {
        try await serving(policy { $0.headTimeout = .seconds(2) }, handler: ConnectionLimitTests.page) { address in
            let client = try RawClient(address)
            let stream = RawStream(client)
            let request = get("/", address, "X: " + String(repeating: "y", count: 2000) + "\r\n")
            // The first byte starts the time; whether the others come makes no difference.
            try await client.send(Array(request.utf8.prefix(1)))
            async let dripping: Void = client.drip(Array(request.utf8.dropFirst()), pause: 20_000)
            #expect(try await stream.response().status == 408)
            #expect(try await stream.rest().isEmpty)
            await dripping
        }
    }

    @Test func aBodyThatDoesNotComeIsGivenUp() async throws {
        try await serving(policy { $0.bodyTimeout = .milliseconds(200) }, handler: ConnectionLimitTests.page) {
            address in
            let client = try RawClient(address)
            try await client.send(get("/", address, "Content-Length: 10\r\n", method: "POST") + "half")
            #expect(try await RawStream(client).response().status == 408)
        }
    }

    @Test func aConnectionThatAsksNothingIsClosed() async throws {
        let short = policy { $0.headTimeout = .milliseconds(200) }
        try await serving(short, handler: ConnectionLimitTests.page) { address in
            let bytes = try await RawClient(address).receiveAll()
            #expect(bytes.isEmpty)
        }
    }

    @Test func aConnectionThatAsksNothingMoreIsClosed() async throws {
        let short = policy { $0.idleTimeout = .milliseconds(200) }
        try await serving(short, handler: ConnectionLimitTests.page) { address in
            let client = try RawClient(address)
            let stream = RawStream(client)
            try await client.send(get("/", address))
            #expect(try await stream.response().status == 200)
            #expect(try await stream.rest().isEmpty)
        }
    }

    @Test func aClientThatTakesNothingIsDisconnected() async throws {
        let written = Collected<String>()
        try await serving(
            policy { $0.writeTimeout = .milliseconds(300) },
            handler: { _ in
                .stream(length: 1 << 30) { writer in
                    do {
                        while true { try await writer.write([UInt8](repeating: 0, count: 1 << 20)) }
                    } catch {
                        written.add("\(error)")
                        throw error
                    }
                }
            }
        ) { address in
            let client = try RawClient(address, receiveBuffer: 4096)
            try await client.send(get("/", address))
            #expect(await written.wait { $0 == ["the client has gone away"] })
        }
    }

    @Test func beyondTheLimitIdleConnectionsGiveWayAndBusyOnesDoNot() async throws {
        let (gate, open) = AsyncStream<Void>.makeStream()
        let entered = Collected<Bool>()
        try await serving(
            policy { $0.maximumConnections = 2 },
            handler: { request in
                if request.path == "/busy" {
                    entered.add(true)
                    for await _ in gate { break }
                }
                return .text("page")
            }
        ) { address in
            let busy = try RawClient(address)
            try await busy.send(get("/busy", address))
            #expect(await entered.wait { $0.count == 1 })
            let idle = try RawClient(address)
            let idleStream = RawStream(idle)
            try await idle.send(get("/", address))
            #expect(try await idleStream.response().status == 200)

            let third = try RawClient(address)
            try await third.send(get("/busy", address))
            #expect(try await idleStream.rest().isEmpty)
            #expect(await entered.wait { $0.count == 2 })

            #expect(try await ask(address, get("/", address)).status == 503)
            open.yield()
            open.yield()
            #expect(try await RawStream(busy).response().text == "page")
        }
    }

    @Test func oneAddressGetsItsShareOnly() async throws {
        let (gate, open) = AsyncStream<Void>.makeStream()
        let entered = Collected<Bool>()
        try await serving(
            policy { $0.maximumConnectionsPerPeer = 1 },
            handler: { _ in
                entered.add(true)
                for await _ in gate { break }
                return .text("page")
            }
        ) { address in
            let busy = try RawClient(address)
            try await busy.send(get("/", address))
            #expect(await entered.wait { $0.count == 1 })
            #expect(try await ask(address, get("/", address)).status == 503)
            open.yield()
            #expect(try await RawStream(busy).response().text == "page")
        }
    }

    @Test func theLoopHasALimitForAllListeners() async throws {
        try await serving(
            limits: NetworkLimits(connections: 1),
            handler: { _ in
                .upgrade { socket in for await _ in socket.messages {} }
            }
        ) { address in
            let first = try await RawWebSocket(address)
            #expect(first.response.status == 101)
            #expect(try await ask(address, get("/", address)).status == 503)
        }
    }

    @Test func twoHundredConnectionsAreServedAtOnce() async throws {
        try await serving(handler: { request in .text(request.path) }) { address in
            try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 0..<200 {
                    group.addTask {
                        let client = try RawClient(address)
                        let stream = RawStream(client)
                        for round in 0..<3 {
                            try await client.send(get("/\(number)/\(round)", address))
                            guard try await stream.response().text == "/\(number)/\(round)" else { return false }
                        }
                        return true
                    }
                }
                for try await isRight in group { #expect(isRight) }
            }
        }
    }
}
