/// How sending a message failed.
public enum SendOutcome: Hashable, Sendable {
    /// The backend answered with a CALLERROR; its words.
    case callError(String)
    /// No answer came in time; whether a Heartbeat on the same connection was answered meanwhile.
    case timeout(heartbeatAnswered: Bool)
    /// The backend closed the connection right after the message.
    case closedAfterIt
    /// The connection was lost otherwise.
    case connectionLost
}

extension SendOutcome: CustomStringConvertible {
    /// What happened.
    public var description: String {
        switch self {
        case .callError(let text): "the backend refused it: \(text)"
        case .timeout: "the backend did not answer it, although it answered a Heartbeat meanwhile"
        case .closedAfterIt: "the backend closed the connection whenever it was sent"
        case .connectionLost: "the connection was lost"
        }
    }
}
