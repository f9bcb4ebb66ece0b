import Network
import Testing

@Suite struct HandlerTests {
    @Test func aHandlerThatTakesLongHoldsOnlyItsOwnConnection() async throws {
        let (gate, open) = AsyncStream<Void>.makeStream()
        try await serving(handler: { request in
            if request.path == "/slow" { for await _ in gate { break } }
            return .text(request.path)
        }) { address in
            let slow = try RawClient(address)
            try await slow.send(get("/slow", address))
            for _ in 0..<20 { #expect(try await ask(address, get("/fast", address)).text == "/fast") }
            open.yield()
            #expect(try await RawStream(slow).response().text == "/slow")
        }
    }

    @Test(arguments: [false, true])
    func theHandlerOfAClientThatVanishesIsCancelled(_ reset: Bool) async throws {
        let events = Collected<String>()
        try await serving(handler: { _ in
            events.add("begun")
            do { try await Task.sleep(for: .seconds(600)) } catch { events.add("cancelled") }
            return .text("too late")
        }) { address in
            let client = try RawClient(address)
            try await client.send(get("/", address))
            #expect(await events.wait { $0 == ["begun"] })
            client.vanish(reset: reset)
            #expect(await events.wait { $0 == ["begun", "cancelled"] })
        }
    }

    @Test func aHandlerIsNotCalledForHalfARequest() async throws {
        let called = Collected<Bool>()
        try await serving(handler: { _ in
            called.add(true)
            return .text("x")
        }) { address in
            let client = try RawClient(address)
            try await client.send("GET / HTTP/1.1\r\nHost: \(address)\r\n")
            client.vanish()
            let body = try RawClient(address)
            try await body.send(get("/", address, "Content-Length: 5\r\n", method: "POST") + "four")
            body.vanish()
            #expect(try await body.receiveAll().isEmpty)
            #expect(try await ask(address, get("/", address)).status == 200)
        }
        #expect(called.all.count == 1)
    }

    @Test func stoppingCancelsHandlersAndIsWaitedFor() async throws {
        let events = Collected<String>()
        let loop = NetworkLoop()
        try loop.start()
        let listener = try loop.listen(on: .loopback()) { _ in
            events.add("begun")
            do { try await Task.sleep(for: .seconds(600)) } catch { events.add("cancelled") }
            return .text("too late")
        }
        let client = try RawClient(listener.address)
        try await client.send(get("/", listener.address))
        #expect(await events.wait { $0 == ["begun"] })
        await loop.stop()
        #expect(await events.wait { $0 == ["begun", "cancelled"] })
        #expect(try await client.receiveAll().isEmpty)
        #expect(throws: RawError.self) { try RawClient(listener.address) }
        await loop.stop()
    }
}
