/// Why bytes were not sent.
public enum StreamError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The connection has ended or is ending.
    case closed
    /// The other side reads too slowly; the connection is being ended.
    case tooSlow(waiting: Int)

    /// What happened.
    public var description: String {
        switch self {
        case .closed: "the connection is closed"
        case .tooSlow(let waiting): "the other side reads too slowly: \(waiting) bytes wait; it was disconnected"
        }
    }
}
