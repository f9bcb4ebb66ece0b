/// How a WebSocket ended.
public enum WebSocketClosure: Hashable, Sendable {
    /// The client closed it; 1005 when it gave no code.
    case byPeer(code: UInt16, reason: String)
    /// This side closed it, on its own wish or because the client broke a rule.
    case byUs(code: UInt16, reason: String)
    /// The connection went away without a close, or did not answer a ping.
    case lost(reason: String)
}
