import Network
import Testing

@Suite struct HTTPServerTests {
    private static let echo: HTTPHandler = { request in
        HTTPResponse(headers: ["X-Method": request.method.rawValue, "X-Path": request.path], body: request.body)
    }

    @Test func aRequestReachesTheHandlerWhole() async throws {
        let seen = Collected<HTTPRequest>()
        let response = try await serving(handler: { request in
            seen.add(request)
            return .text("hello", .created)
        }) { address in
            try await ask(
                address, get("/a%20b?x=1", address, "X-A: b\r\nContent-Length: 4\r\n", method: "POST") + "body")
        }
        #expect(response.status == 201)
        #expect(response.text == "hello")
        #expect(response.headers["content-length"] == "5")
        let request = try #require(seen.all.first)
        #expect(request.method == .post)
        #expect(request.path == "/a b")
        #expect(request.segments == ["a b"])
        #expect(request.queryValue("x") == "1")
        #expect(request.headers["x-a"] == "b")
        #expect(request.body == Array("body".utf8))
        #expect(request.peer.host == "127.0.0.1" && request.peer.port != 0)
        #expect(request.local.host == "127.0.0.1")
        #expect(request.webSocket == nil)
    }

    @Test func aConnectionServesRequestsOneAfterTheOther() async throws {
        try await serving(handler: HTTPServerTests.echo) { address in
            let client = try RawClient(address)
            let stream = RawStream(client)
            for number in 1...3 {
                try await client.send(get("/\(number)", address))
                let response = try await stream.response()
                #expect(response.headers["x-path"] == "/\(number)")
                #expect(response.headers["connection"] == "keep-alive")
            }
            try await client.send(get("/last", address, "Connection: close\r\n"))
            #expect(try await stream.response().headers["connection"] == "close")
            #expect(try await stream.rest().isEmpty)
        }
    }

    @Test func pipelinedRequestsAreAnsweredInOrder() async throws {
        try await serving(handler: { request in
            // The first takes longest, so that answers in order of completion would be the wrong way round.
            if request.path == "/1" { try? await Task.sleep(for: .milliseconds(100)) }
            return .text(request.path + String(decoding: request.body, as: UTF8.self))
        }) { address in
            let client = try RawClient(address)
            let stream = RawStream(client)
            let all =
                get("/1", address, "Content-Length: 2\r\n", method: "PUT") + "xy" + get("/2", address)
                + get("/3", address)
            try await client.send(all)
            for expected in ["/1xy", "/2", "/3"] { #expect(try await stream.response().text == expected) }
        }
    }

    @Test func aRequestMayComeByteByByte() async throws {
        try await serving(handler: HTTPServerTests.echo) { address in
            let client = try RawClient(address)
            let request = get("/slowly", address, "Content-Length: 3\r\n", method: "POST") + "abc"
            await client.drip(Array(request.utf8), pause: 500)
            #expect(try await RawStream(client).response().text == "abc")
        }
    }

    @Test func headHasTheLengthAndNoBody() async throws {
        try await serving(handler: { _ in .text("hello") }) { address in
            let client = try RawClient(address)
            let stream = RawStream(client)
            try await client.send(get("/", address, method: "HEAD") + get("/", address, "Connection: close\r\n"))
            let head = try await stream.response(hasBody: false)
            #expect(head.headers["content-length"] == "5")
            #expect(try await stream.response().text == "hello")
            #expect(try await stream.rest().isEmpty)
        }
    }

    @Test func emptyResponsesHaveNoLength() async throws {
        try await serving(handler: { _ in HTTPResponse(.noContent, body: [1, 2, 3]) }) { address in
            let client = try RawClient(address)
            let stream = RawStream(client)
            try await client.send(get("/", address, "Connection: close\r\n"))
            let response = try await stream.response()
            #expect(response.status == 204)
            #expect(response.headers["content-length"] == nil)
            #expect(try await stream.rest().isEmpty)
        }
    }

    @Test func anAssetIsSentOnce() async throws {
        let asset = HTTPAsset(bytes: Array("page".utf8), type: "text/html")
        let other = HTTPAsset(bytes: Array("page2".utf8), type: "text/html")
        #expect(asset.entityTag != other.entityTag)
        try await serving(handler: { asset.response(to: $0) }) { address in
            let first = try await ask(address, get("/", address))
            #expect(first.status == 200)
            #expect(first.text == "page")
            #expect(first.headers["content-type"] == "text/html")
            let tag = try #require(first.headers["etag"])
            for known in [tag, "W/" + tag, "\"x\", " + tag, "*"] {
                let again = try await ask(address, get("/", address, "If-None-Match: \(known)\r\n"))
                #expect(again.status == 304)
                #expect(again.body.isEmpty)
                #expect(again.headers["etag"] == tag)
            }
            #expect(try await ask(address, get("/", address, "If-None-Match: \"x\"\r\n")).status == 200)
            #expect(try await ask(address, get("/", address, method: "POST")).status == 405)
        }
    }

    @Test func oldClientsAreServedAndDisconnected() async throws {
        try await serving(policy { $0.hosts = .any }, handler: HTTPServerTests.echo) { address in
            let client = try RawClient(address)
            let stream = RawStream(client)
            try await client.send("GET /old HTTP/1.0\r\n\r\n")
            #expect(try await stream.response().headers["x-path"] == "/old")
            #expect(try await stream.rest().isEmpty)
        }
    }

    @Test func aClientThatAsksFirstIsToldToContinue() async throws {
        try await serving(handler: HTTPServerTests.echo) { address in
            let client = try RawClient(address)
            let stream = RawStream(client)
            try await client.send(get("/", address, "Content-Length: 3\r\nExpect: 100-continue\r\n", method: "POST"))
            #expect(try await stream.response().status == 100)
            try await client.send("abc")
            #expect(try await stream.response().text == "abc")
            #expect(try await ask(address, get("/", address, "Expect: miracles\r\n")).status == 417)
        }
    }

    @Test func responsesCarryTheSecurityHeadersOfTheListener() async throws {
        try await serving(handler: { _ in HTTPResponse(headers: ["Referrer-Policy": "same-origin"]) }) { address in
            let response = try await ask(address, get("/", address))
            #expect(response.headers["x-content-type-options"] == "nosniff")
            #expect(response.headers["referrer-policy"] == "same-origin")
            #expect(response.headers["content-security-policy"]?.contains("default-src 'self'") == true)
            #expect(response.headers["access-control-allow-origin"] == nil)
            let refused = try await ask(address, get("/..", address))
            #expect(refused.status == 400)
            #expect(refused.headers["x-content-type-options"] == "nosniff")
        }
    }

    @Test func aResponseThatWouldBeSplitIsReplaced() async throws {
        let log = Collected<String>()
        try await serving(log: log, handler: { _ in HTTPResponse(headers: ["Location": "/a\r\nSet-Cookie: x=y"]) }) {
            address in
            let response = try await ask(address, get("/", address))
            #expect(response.status == 500)
            #expect(response.headers["set-cookie"] == nil)
        }
        #expect(log.all.contains { $0.contains("Location") })
    }
}
