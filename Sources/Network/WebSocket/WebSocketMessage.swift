/// A whole message; its fragments have been joined (RFC 6455, 5.4).
public enum WebSocketMessage: Hashable, Sendable {
    /// Valid UTF-8.
    case text(String)
    /// Any bytes.
    case binary([UInt8])
}
