import Network
import Testing

@Suite struct HTTPStreamTests {
    /// Bytes whose place can be seen, so that a lost or doubled piece is found.
    private static func pattern(_ range: Range<Int>) -> [UInt8] {
        range.map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 8) }
    }

    @Test func aBigResponseReachesASlowReader() async throws {
        let big = HTTPStreamTests.pattern(0..<(5 << 20))
        try await serving(handler: { _ in HTTPResponse(body: big) }) { address in
            let client = try RawClient(address, receiveBuffer: 4096)
            try await client.send(get("/", address))
            let response = try await RawStream(client).slowResponse(pieces: 97_000)
            #expect(response.body == big)
        }
    }

    @Test func aStreamIsMadeWhileItIsRead() async throws {
        let pieces = 64
        let size = 32 << 10
        let written = Collected<Int>()
        try await serving(handler: { _ in
            .stream(length: pieces * size) { writer in
                for piece in 0..<pieces {
                    try await writer.write(HTTPStreamTests.pattern((piece * size)..<((piece + 1) * size)))
                    written.add(piece)
                }
            }
        }) { address in
            let client = try RawClient(address, receiveBuffer: 4096)
            let stream = RawStream(client)
            try await client.send(get("/", address, "Connection: close\r\n"))
            #expect(try await stream.response(hasBody: false).headers["content-length"] == "\(pieces * size)")
            #expect(try await stream.rest() == HTTPStreamTests.pattern(0..<(pieces * size)))
        }
        #expect(written.all == Array(0..<pieces))
    }

    @Test func aWriterWaitsForItsReader() async throws {
        let written = Collected<Int>()
        let size = 64 << 10
        try await serving(handler: { _ in
            .stream(length: 1024 * size) { writer in
                for piece in 0..<1024 {
                    try await writer.write([UInt8](repeating: 1, count: size))
                    written.add(piece)
                }
            }
        }) { address in
            let client = try RawClient(address, receiveBuffer: 4096)
            try await client.send(get("/", address))
            #expect(await written.wait { !$0.isEmpty })
            // The kernel takes some megabytes at most; a writer that did not wait would be through at once.
            try await Task.sleep(for: .milliseconds(300))
            #expect(written.all.count < 1000)
        }
    }

    @Test func aStreamThatBreaksItsWordEndsTheConnection() async throws {
        struct Failure: Error {}
        let log = Collected<String>()
        try await serving(
            log: log,
            handler: { request in
                .stream(length: 10) { writer in
                    try await writer.write([1, 2, 3])
                    if request.path == "/fails" { throw Failure() }
                    if request.path == "/long" { try await writer.write([UInt8](repeating: 0, count: 8)) }
                }
            }
        ) { address in
            for path in ["/short", "/fails", "/long"] {
                let client = try RawClient(address)
                let stream = RawStream(client)
                try await client.send(get(path, address))
                #expect(try await stream.response(hasBody: false).status == 200)
                #expect(try await stream.rest().count <= 3)
            }
        }
        #expect(log.all.count == 3)
    }

    @Test func headDoesNotRunAStream() async throws {
        let ran = Collected<Bool>()
        try await serving(handler: { _ in .stream(length: 10) { _ in ran.add(true) } }) { address in
            let head = try await ask(address, get("/", address, method: "HEAD"), hasBody: false)
            #expect(head.headers["content-length"] == "10")
        }
        #expect(ran.all.isEmpty)
    }

    @Test func aWriterIsToldThatItsReaderVanished() async throws {
        let ended = Collected<String>()
        try await serving(handler: { _ in
            .stream(length: 1 << 30) { writer in
                do {
                    while true { try await writer.write([UInt8](repeating: 0, count: 1 << 20)) }
                } catch {
                    ended.add("\(error)")
                    throw error
                }
            }
        }) { address in
            let client = try RawClient(address, receiveBuffer: 4096)
            try await client.send(get("/", address))
            _ = try await client.receive(1000)
            client.vanish(reset: true)
            #expect(await ended.wait { $0 == ["the client has gone away"] })
        }
    }
}

extension RawStream {
    /// A response that is read in small pieces with pauses.
    fileprivate func slowResponse(pieces: Int) async throws -> RawResponse {
        var response = try await response(hasBody: false)
        let length = response.headers["content-length"].flatMap(Int.init) ?? 0
        while response.body.count < length {
            response.body += try await take(min(pieces, length - response.body.count))
            try await Task.sleep(for: .milliseconds(1))
        }
        return response
    }
}
