import Network
import Testing

@Suite struct StreamTests {
    private static let echo: StreamHandler = { stream in
        for await piece in stream.pieces { try? stream.send(piece) }
    }

    private func serving(
        _ options: StreamOptions = StreamOptions(), maximum: Int = 256, tls: TLSServer? = nil,
        handler: @escaping StreamHandler = StreamTests.echo,
        _ use: (NetworkLoop, NetworkListener) async throws -> Void
    ) async throws {
        let loop = NetworkLoop()
        try loop.start()
        do {
            let listener = try loop.listenForStreams(
                on: .loopback(), maximumConnections: maximum, tls: tls, options: options, handler: handler)
            try await use(loop, listener)
            await loop.stop()
        } catch {
            await loop.stop()
            throw error
        }
    }

    private func take(_ count: Int, of stream: ByteStream) async -> [UInt8] {
        var bytes: [UInt8] = []
        for await piece in stream.pieces {
            bytes += piece
            if bytes.count >= count { break }
        }
        return bytes
    }

    @Test func bytesGoBothWays() async throws {
        try await serving { loop, listener in
            let stream = try await loop.connectStream(host: "127.0.0.1", port: listener.address.port)
            let bytes = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
            try stream.send(bytes)
            #expect(await take(bytes.count, of: stream) == bytes)
            #expect(stream.tls == nil && stream.peer.port == listener.address.port)
            stream.close()
            await stream.closed()
            #expect(throws: StreamError.closed) { try stream.send([1]) }
            #expect(await eventually { await listener.connections() == 0 })
        }
    }

    /// The server speaks first, as in the binary framing.
    @Test func theServerMaySpeakFirstAndSeesTheEnd() async throws {
        let seen = Collected<[UInt8]>()
        try await serving(handler: { stream in
            try? stream.send(Array("OCPPB".utf8))
            for await piece in stream.pieces { seen.add(piece) }
            seen.add([])
        }) { _, listener in
            let client = try RawClient(listener.address)
            #expect(try await RawStream(client).take(5) == Array("OCPPB".utf8))
            try await client.send([1, 2, 3])
            #expect(await seen.wait { $0.flatMap { $0 } == [1, 2, 3] })
            client.vanish()
            #expect(await seen.wait { $0.last == [] })
        }
    }

    @Test(.enabled { await Certificates.shared != nil }) func bytesGoBothWaysInTLS() async throws {
        let certificates = try #require(await Certificates.shared)
        let server = try TLSServer(TLSServerOptions(identity: certificates.server.identity))
        try await serving(tls: server) { loop, listener in
            let tls = try TLSClient(TLSClientOptions(authorities: certificates.authority))
            let stream = try await loop.connectStream(host: "127.0.0.1", port: listener.address.port, tls: tls)
            #expect(stream.tls?.commonName == "server")
            let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
            try stream.send(bytes)
            #expect(await take(bytes.count, of: stream) == bytes)
            stream.close()
            await stream.closed()
            let stranger = try TLSClient(TLSClientOptions(authorities: certificates.foreignAuthority))
            let error = await #expect(throws: ConnectError.self) {
                try await loop.connectStream(host: "127.0.0.1", port: listener.address.port, tls: stranger)
            }
            #expect(error?.fault == .unknownAuthority)
        }
    }

    @Test func whatWaitsIsSentBeforeTheEnd() async throws {
        try await serving(handler: { stream in try? stream.send([UInt8](repeating: 7, count: 3_000_000)) }) {
            loop, listener in
            let stream = try await loop.connectStream(host: "127.0.0.1", port: listener.address.port)
            #expect(await take(.max, of: stream).count == 3_000_000)
        }
    }

    @Test func furtherConnectionsThanAllowedAreClosedWithoutAWord() async throws {
        try await serving(maximum: 1) { _, listener in
            let first = try RawClient(listener.address)
            try await first.send([9])
            #expect(try await first.receive() == [9])
            #expect(try await RawClient(listener.address).receiveAll().isEmpty)
            try await first.send([8])
            #expect(try await first.receive() == [8])
        }
    }

    @Test func aSilentConnectionIsEndedAndATalkingOneIsNot() async throws {
        try await serving(StreamOptions(idleTimeout: .seconds(3))) { _, listener in
            let silent = try RawClient(listener.address)
            let talking = try RawClient(listener.address)
            await talking.drip([1, 2, 3, 4, 5, 6, 7, 8], pause: 500_000)
            #expect(try await RawStream(talking).take(8) == [1, 2, 3, 4, 5, 6, 7, 8])
            #expect(try await silent.receiveAll().isEmpty)
        }
    }

    @Test func whoReadsTooSlowlyIsEnded() async throws {
        let ends = Collected<String>()
        try await serving(
            StreamOptions(maximumQueue: 1 << 20),
            handler: { stream in
                do {
                    while true {
                        try stream.send([UInt8](repeating: 0, count: 64 << 10))
                        await Task.yield()
                    }
                } catch { ends.add("\(error)") }
            }
        ) { _, listener in
            let slow = try RawClient(listener.address, receiveBuffer: 4096)
            #expect(await ends.wait { $0.first?.contains("too slowly") == true })
            _ = slow
        }
    }

    @Test func aSenderThatIsNotReadIsSlowedDown() async throws {
        let (gate, open) = AsyncStream<Void>.makeStream()
        let total = Collected<Int>()
        try await serving(handler: { stream in
            for await _ in gate { break }
            for await piece in stream.pieces { total.add(piece.count) }
        }) { loop, listener in
            let stream = try await loop.connectStream(
                host: "127.0.0.1", port: listener.address.port, options: StreamOptions(maximumQueue: 64 << 20))
            try stream.send([UInt8](repeating: 1, count: 32 << 20))
            #expect(total.all.isEmpty)
            open.yield()
            #expect(await total.wait { $0.reduce(0, +) == 32 << 20 })
            stream.close()
        }
    }

    @Test func onlyTheAddressAskedForListens() async throws {
        let loop = NetworkLoop()
        try loop.start()
        let listener = try loop.listenForStreams(on: .loopback(), handler: StreamTests.echo)
        let elsewhere = ListenAddress(host: "127.0.0.2", port: listener.address.port)
        // Another program may have that port on the other address; it is none of ours then.
        if let client = try? RawClient(elsewhere) {
            try await client.send([1])
            #expect(await listener.connections() == 0)
        }
        await loop.stop()
    }
}
