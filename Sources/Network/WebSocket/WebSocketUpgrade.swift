/// How a connection becomes a WebSocket.
public struct WebSocketUpgrade: Sendable {
    /// The one chosen of those offered.
    public let subprotocol: String?
    /// Limits and keep-alive of the connection.
    public let options: WebSocketOptions
    /// What is done with it.
    public let session: @Sendable (WebSocketConnection) async -> Void
}
