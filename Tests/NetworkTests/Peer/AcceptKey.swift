@testable import Network

/// `Sec-WebSocket-Accept`; the function is held against the standard's example by a test of its own.
enum AcceptKey {
    static func of(_ key: String) -> String { WebSocketHandshake.accept(key) }
}
