import Network

/// A response as a client reads it.
struct RawResponse {
    let status: Int
    let headers: [String: String]
    var body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }
}

extension RawStream {
    /// The next response; its body is as long as Content-Length says, and empty for HEAD.
    func response(hasBody: Bool = true) async throws -> RawResponse {
        let lines = try await take(until: "\r\n\r\n").split(separator: "\r\n", omittingEmptySubsequences: false)
        let parts = lines[0].split(separator: " ")
        guard parts.count >= 2, parts[0] == "HTTP/1.1", let status = Int(parts[1]) else {
            throw RawError.malformed("no status line: \(lines[0])")
        }
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { throw RawError.malformed("no header: \(line)") }
            headers[line[..<colon].lowercased()] = line[line.index(after: colon)...].trimmingSpaces()
        }
        var response = RawResponse(status: status, headers: headers, body: [])
        if hasBody, status >= 200, let length = headers["content-length"].flatMap(Int.init) {
            response.body = try await take(length)
        }
        return response
    }
}

extension Substring {
    fileprivate func trimmingSpaces() -> String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}

/// Sends one request on a connection of its own and reads the answer.
func ask(_ address: ListenAddress, _ request: String, hasBody: Bool = true) async throws -> RawResponse {
    let client = try RawClient(address)
    try await client.send(request)
    return try await RawStream(client).response(hasBody: hasBody)
}

/// A request line and the Host field that a browser would send.
func get(_ target: String, _ address: ListenAddress, _ more: String = "", method: String = "GET") -> String {
    "\(method) \(target) HTTP/1.1\r\nHost: \(address)\r\n\(more)\r\n"
}
