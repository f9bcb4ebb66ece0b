/// What a client offers with its wish for a WebSocket; its form has been checked (RFC 6455, 4.2.1).
public struct WebSocketOffer: Hashable, Sendable {
    /// The subprotocols in the client's order of preference; empty when it names none.
    public let subprotocols: [String]
    /// `Sec-WebSocket-Key` as it came.
    let key: String

    /// Makes an offer, for tests of handlers.
    public init(subprotocols: [String] = []) {
        self.init(subprotocols: subprotocols, key: "")
    }

    init(subprotocols: [String], key: String) {
        self.subprotocols = subprotocols
        self.key = key
    }
}
