/// Why a message was not sent.
public enum WebSocketError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The connection has ended or is ending.
    case closed
    /// The client reads too slowly; the connection is being closed with 1013.
    case tooSlow(waiting: Int)

    /// What happened.
    public var description: String {
        switch self {
        case .closed: "the WebSocket is closed"
        case .tooSlow(let waiting): "the client reads too slowly: \(waiting) bytes wait for it; it was disconnected"
        }
    }
}
