/// The opening handshake (RFC 6455, 4.2).
enum WebSocketHandshake {
    /// What the client offers. Throws 400 or 426 for a handshake that is none.
    static func offer(_ head: RequestHead) throws(Refusal) -> WebSocketOffer {
        guard head.headers.list("Connection").contains(where: { Text.lower($0) == "upgrade" }), head.method == .get,
            head.minorVersion == 1, head.contentLength == 0
        else { throw Refusal(.badRequest, "A WebSocket is asked for by GET with HTTP/1.1 and Connection: Upgrade.") }
        guard head.headers.values("Sec-WebSocket-Version") == ["13"] else {
            throw Refusal(
                .upgradeRequired, "Only WebSocket version 13 is spoken here.", headers: ["Sec-WebSocket-Version": "13"])
        }
        let keys = head.headers.values("Sec-WebSocket-Key")
        guard keys.count == 1, let key = keys.first, isKey(key) else {
            throw Refusal(.badRequest, "Sec-WebSocket-Key must be 16 bytes in base64.")
        }
        let subprotocols = head.headers.list("Sec-WebSocket-Protocol")
        guard subprotocols.allSatisfy({ Text.isToken($0.utf8) }) else {
            throw Refusal(.badRequest, "A subprotocol in Sec-WebSocket-Protocol is no token.")
        }
        return WebSocketOffer(subprotocols: subprotocols, key: key)
    }

    /// `Sec-WebSocket-Accept` for a key.
    static func accept(_ key: String) -> String {
        Digest.base64(Digest.sha1(Array((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").utf8)))
    }

    private static func isKey(_ key: String) -> Bool {
        let bytes = Array(key.utf8)
        return bytes.count == 24 && bytes.suffix(2) == [0x3D, 0x3D]
            && bytes.dropLast(2).allSatisfy {
                Text.isDigit($0) || (0x61...0x7A).contains(Text.lower($0)) || $0 == 0x2B || $0 == 0x2F
            }
    }
}
