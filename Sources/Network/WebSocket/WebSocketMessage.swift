/// A whole message; its fragments have been joined (RFC 6455, 5.4).
public enum WebSocketMessage: Hashable, Sendable {
    /// Valid UTF-8.
    case text(String)
    /// Any bytes.
    case binary([UInt8])

    /// What it costs in memory, in bytes.
    var size: Int {
        switch self {
        case .text(let text): text.utf8.count + 64
        case .binary(let bytes): bytes.count + 64
        }
    }
}
