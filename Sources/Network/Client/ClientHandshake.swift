/// The opening handshake of a client (RFC 6455, 4.1).
struct ClientHandshake {
    /// The longest answer taken, in bytes.
    static let longestAnswer = 16 << 10

    private static let reserved: Set<String> = [
        "host", "upgrade", "connection", "content-length", "transfer-encoding", "sec-websocket-key",
        "sec-websocket-version", "sec-websocket-protocol", "sec-websocket-extensions", "authorization",
    ]

    let target: ServerTarget
    let subprotocols: [String]
    let request: [UInt8]
    private let key: String

    /// Throws `ConnectError.badAddress` for header fields that would break the request in two.
    init(_ target: ServerTarget, _ options: WebSocketClientOptions) throws(ConnectError) {
        self.target = target
        subprotocols = options.subprotocols
        key = Digest.base64((0..<16).map { _ in .random(in: 0...255) })
        var text = "GET \(target.path) HTTP/1.1\r\nHost: \(target.authority)\r\nUpgrade: websocket\r\n"
        text += "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: \(key)\r\n"
        if !subprotocols.isEmpty { text += "Sec-WebSocket-Protocol: \(subprotocols.joined(separator: ", "))\r\n" }
        if let credentials = options.credentials { text += "Authorization: \(credentials.field)\r\n" }
        guard subprotocols.allSatisfy({ Text.isToken($0.utf8) }) else {
            throw .badAddress(target.description, reason: "a subprotocol is no token")
        }
        for field in options.headers where !ClientHandshake.reserved.contains(Text.lower(field.name)) {
            guard Text.isToken(field.name.utf8), Text.isFieldValue(field.value.utf8) else {
                throw .badAddress(target.description, reason: "a header field has a control character")
            }
            text += "\(field.name): \(field.value)\r\n"
        }
        request = Array((text + "\r\n").utf8)
    }

    /// Checks the answer, without the empty line at its end; the subprotocol that was chosen.
    func check(_ answer: [UInt8]) throws(ConnectError) -> String? {
        let host = target.authority
        let lines = String(decoding: answer, as: UTF8.self)
            .split(separator: "\r\n", omittingEmptySubsequences: false).map(String.init)
        let parts = lines[0].split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count >= 2, parts[0].hasPrefix("HTTP/1."), parts[1].utf8.count == 3, let status = Int(parts[1])
        else {
            throw .notWebSocket(host: host, reason: "its first line is no status line")
        }
        if status == 401 { throw .unauthorized(host: host) }
        guard status == 101 else {
            let phrase = parts.count > 2 ? String(parts[2].prefix(80)) : ""
            throw .refused(host: host, status: status, phrase: phrase.filter { $0.isASCII && !$0.isNewline })
        }
        let headers = try fields(lines.dropFirst())
        guard headers.list("Upgrade").map(Text.lower) == ["websocket"],
            headers.list("Connection").map(Text.lower).contains("upgrade")
        else { throw .notWebSocket(host: host, reason: "it did not upgrade the connection") }
        guard headers.values("Sec-WebSocket-Accept") == [WebSocketHandshake.accept(key)] else {
            throw .notWebSocket(host: host, reason: "its Sec-WebSocket-Accept does not belong to our key")
        }
        guard headers.list("Sec-WebSocket-Extensions").isEmpty else {
            throw .notWebSocket(host: host, reason: "it uses an extension that was not offered")
        }
        return try subprotocol(headers.list("Sec-WebSocket-Protocol"))
    }

    private func subprotocol(_ chosen: [String]) throws(ConnectError) -> String? {
        if chosen.isEmpty, subprotocols.isEmpty { return nil }
        guard chosen.count == 1, let only = chosen.first, subprotocols.contains(only) else {
            throw .wrongSubprotocol(
                host: target.authority, offered: subprotocols,
                chosen: chosen.first.map { String($0.prefix(40)) })
        }
        return only
    }

    private func fields(_ lines: ArraySlice<String>) throws(ConnectError) -> HTTPHeaders {
        var headers = HTTPHeaders()
        for line in lines {
            guard let colon = line.firstIndex(of: ":"), Text.isToken(line[..<colon].utf8) else {
                throw .notWebSocket(host: target.authority, reason: "a header field of its answer is broken")
            }
            headers.add(String(line[..<colon]), Text.trimmed(line[line.index(after: colon)...]))
        }
        return headers
    }
}
