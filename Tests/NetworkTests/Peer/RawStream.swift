/// What a client has received, read piece by piece.
actor RawStream {
    let client: RawClient
    private var buffer: [UInt8] = []

    init(_ client: RawClient) { self.client = client }

    /// Exactly `count` bytes; throws when the server closes before.
    func take(_ count: Int) async throws -> [UInt8] {
        while buffer.count < count { try await fill() }
        defer { buffer.removeFirst(count) }
        return Array(buffer[..<count])
    }

    /// Everything up to and without the marker.
    func take(until marker: String) async throws -> String {
        let marker = Array(marker.utf8)
        var start = 0
        while true {
            while start + marker.count <= buffer.count {
                if buffer[start] == marker[0], buffer[start..<(start + marker.count)] == marker[...] {
                    defer { buffer.removeFirst(start + marker.count) }
                    return String(decoding: buffer[..<start], as: UTF8.self)
                }
                start += 1
            }
            try await fill()
        }
    }

    /// What is left until the server closes.
    func rest() async throws -> [UInt8] {
        defer { buffer = [] }
        return try await buffer + client.receiveAll()
    }

    private func fill() async throws {
        let some = try await client.receive()
        guard !some.isEmpty else {
            throw RawError.malformed("closed after \(buffer.count) bytes: \(buffer.prefix(200))")
        }
        buffer += some
    }
}
