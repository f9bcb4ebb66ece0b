import Network
import TestTools
import Testing

@Suite struct HostileRequestTests {
    private static let page: HTTPHandler = { _ in .text("secret") }

    /// What the server answers, and that it closes the connection afterwards.
    private func status(_ request: [UInt8], _ policy: ListenerPolicy = ListenerPolicy()) async throws -> Int {
        try await serving(policy, handler: HostileRequestTests.page) { address in
            let client = try RawClient(address)
            let stream = RawStream(client)
            let text = String(decoding: request, as: UTF8.self)
            let known = text.contains("HOST") ? Array(text.replacing("HOST", with: address.description)) : nil
            try await client.send(known.map { Array(String($0).utf8) } ?? request)
            let response = try await stream.response()
            #expect(response.text != "secret")
            #expect(response.headers["connection"] == "close")
            #expect(try await stream.rest().isEmpty)
            return response.status
        }
    }

    private func status(_ request: String, _ policy: ListenerPolicy = ListenerPolicy()) async throws -> Int {
        try await status(Array(request.utf8), policy)
    }

    @Test(arguments: [
        "GET /../etc/passwd HTTP/1.1\r\nHost: HOST\r\n\r\n", "GET /%2e%2e/etc/passwd HTTP/1.1\r\nHost: HOST\r\n\r\n",
        "GET /a%00b HTTP/1.1\r\nHost: HOST\r\n\r\n", "GET /a\u{0}b HTTP/1.1\r\nHost: HOST\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: HOST\r\nX: a\u{0}b\r\n\r\n", "GET / HTTP/1.1\r\n\r\n", "garbage\r\n\r\n",
        "\u{0}\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: HOST\r\nHost: HOST\r\n\r\n", "GET / HTTP/1.1\r\nHost : HOST\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: HOST\r\n folded\r\n\r\n",
    ])
    func malformedRequestsGet400(_ request: String) async throws { #expect(try await status(request) == 400) }

    @Test func aClientThatSpeaksTLSGets400() async throws {
        let hello: [UInt8] = [0x16, 3, 1, 0, 4, 1, 0, 0, 0] + Array("\r\n\r\n".utf8)
        #expect(try await status(hello) == 400)
    }

    @Test func foreignHostsGet421() async throws {
        for host in ["evil.example", "evil.example:80", "127.0.0.1", "127.0.0.2:1", "localhost", "\"x"] {
            #expect(try await status("GET / HTTP/1.1\r\nHost: \(host)\r\n\r\n") == 421)
        }
        // In absolute form the target names the host (RFC 9112, 3.2.2), whatever the field says.
        #expect(try await status("GET http://evil.example/ HTTP/1.1\r\nHost: HOST\r\n\r\n") == 421)
    }

    @Test func namesOfThisMachineAreServed() async throws {
        try await serving(policy { $0.hosts = .own(names: ["box.local"]) }, handler: HostileRequestTests.page) {
            address in
            for host in ["127.0.0.1", "localhost", "box.local", "BOX.LOCAL"] {
                let response = try await ask(address, "GET / HTTP/1.1\r\nHost: \(host):\(address.port)\r\n\r\n")
                #expect(response.status == 200)
            }
        }
    }

    @Test func foreignPagesMayNotChangeThings() async throws {
        let attack = "POST / HTTP/1.1\r\nHost: HOST\r\nOrigin: http://evil.example\r\nContent-Length: 0\r\n\r\n"
        #expect(try await status(attack) == 403)
        try await serving(handler: HostileRequestTests.page) { address in
            let own = get("/", address, "Origin: http://\(address)\r\n", method: "POST")
            let answer = try await ask(address, own)
            #expect(answer.status == 200)
            let reading = try await ask(address, get("/", address, "Origin: http://evil.example\r\n"))
            #expect(reading.status == 200)
        }
    }

    @Test func foreignPagesOpenNoWebSocket() async throws {
        let upgrade =
            "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        #expect(
            try await status("GET / HTTP/1.1\r\nHost: HOST\r\nOrigin: http://evil.example\r\n\(upgrade)\r\n") == 403)
        #expect(try await status("GET / HTTP/1.1\r\nHost: HOST\r\nOrigin: null\r\n\(upgrade)\r\n") == 403)
    }

    @Test func readOnlyListenersRefuseOtherMethods() async throws {
        try await serving(.readOnly, handler: HostileRequestTests.page) { address in
            #expect(try await ask(address, get("/", address)).status == 200)
            for method in ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"] {
                let response = try await ask(address, get("/", address, method: method))
                #expect(response.status == 405)
                #expect(response.headers["allow"] == "GET, HEAD")
            }
            #expect(try await ask(address, get("/", address, method: "TRACE")).status == 501)
        }
    }

    @Test func bodiesBeyondTheLimitGet413() async throws {
        let small = policy { $0.maximumBody = 10 }
        #expect(try await status("POST / HTTP/1.1\r\nHost: HOST\r\nContent-Length: 11\r\n\r\n", small) == 413)
        let huge = "POST / HTTP/1.1\r\nHost: HOST\r\nContent-Length: 99999999999999999999999\r\n\r\n"
        #expect(try await status(huge) == 413)
    }

    /// The answer must not be lost in a reset while the client is still sending.
    @Test func aClientReads413WhileItSends() async throws {
        try await serving(policy { $0.maximumBody = 10 }, handler: HostileRequestTests.page) { address in
            let client = try RawClient(address)
            let length = 2 << 20
            let head = get("/", address, "Content-Length: \(length)\r\n", method: "POST")
            try await client.send(Array(head.utf8) + [UInt8](repeating: 0, count: length))
            #expect(try await RawStream(client).response().status == 413)
        }
    }

    @Test func chunkedBodiesGet411() async throws {
        let chunked = "POST / HTTP/1.1\r\nHost: HOST\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"
        #expect(try await status(chunked) == 411)
    }

    @Test func longHeadsAreRefused() async throws {
        let line = "GET /" + String(repeating: "a", count: 20_000)
        #expect(try await status(line) == 414)
        let field = "GET / HTTP/1.1\r\nHost: HOST\r\nX: " + String(repeating: "a", count: 20_000)
        #expect(try await status(field) == 431)
        let many = "GET / HTTP/1.1\r\nHost: HOST\r\n" + String(repeating: "A: b\r\n", count: 200) + "\r\n"
        #expect(try await status(many) == 431)
    }

    @Test func anEndlessStreamOfPipelinedRequestsIsHeldBack() async throws {
        try await serving(policy { $0.maximumHead = 1024 }, handler: { _ in .text("x") }) { address in
            let client = try RawClient(address)
            let stream = RawStream(client)
            let count = 1000
            async let sent: Void = client.send(String(repeating: get("/", address), count: count))
            for _ in 0..<count { #expect(try await stream.response().text == "x") }
            try await sent
        }
    }

    @Test func randomBytesNeverGetTheSecret() async throws {
        try await serving(handler: HostileRequestTests.page) { address in
            var generator = SeededGenerator(seed: 1)
            for round in 0..<60 {
                var bytes =
                    Array(get("/a?b=c", address, "Content-Length: 3\r\n", method: "POST").utf8) + Array("abc".utf8)
                let isValid = round == 0
                if !isValid {
                    for _ in 0..<Int.random(in: 1...8, using: &generator) {
                        bytes[Int.random(in: 0..<30, using: &generator)] = UInt8.random(in: 0...31, using: &generator)
                    }
                }
                let client = try RawClient(address)
                try await client.send(bytes + Array("\r\n\r\n\r\n\r\n".utf8))
                client.endSending()
                let answer = String(decoding: try await client.receiveAll(), as: UTF8.self)
                if !isValid { #expect(!answer.contains("secret")) }
            }
            #expect(try await ask(address, get("/", address)).status == 200)
        }
    }
}
