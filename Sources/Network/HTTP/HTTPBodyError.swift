/// Why a streamed body cannot go on.
public enum HTTPBodyError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The client has gone away, or the server is stopping.
    case clientGone
    /// More bytes than the response announced.
    case tooLong

    /// What happened.
    public var description: String {
        switch self {
        case .clientGone: "the client has gone away"
        case .tooLong: "the body is longer than its announced length"
        }
    }
}
