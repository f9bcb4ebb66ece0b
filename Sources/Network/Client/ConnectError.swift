/// Why a connection to a server did not come about.
public enum ConnectError: Error, Hashable, Sendable {
    /// The address is none that can be used.
    case badAddress(String, reason: String)
    /// The name is not known to the name service, or that cannot be asked.
    case notResolved(host: String, reason: String)
    /// Nobody could be reached there, in the system's words.
    case notReached(host: String, reason: String)
    /// It took too long; what was waited for.
    case timedOut(host: String, String)
    /// TLS did not come about.
    case insecure(host: String, TLSFault)
    /// The server wants other credentials (401).
    case unauthorized(host: String)
    /// The server answered with another status than 101.
    case refused(host: String, status: Int, phrase: String)
    /// The server chose none of the subprotocols that were offered; what it chose instead, nil for none.
    case wrongSubprotocol(host: String, offered: [String], chosen: String?)
    /// The other side ended the greeting of its own protocol, in its words.
    case turnedAway(host: String, reason: String)
    /// The answer is no answer to a WebSocket's handshake (RFC 6455, 4.1).
    case notWebSocket(host: String, reason: String)
    /// The connection was lost before it could be used.
    case lost(host: String)
    /// The task that asked for it was cancelled.
    case cancelled
    /// The loop is not running, or has no room.
    case unavailable(reason: String)

    /// What was wrong with certificates or TLS; nil when it was something else.
    public var fault: TLSFault? {
        if case .insecure(_, let fault) = self { return fault }
        return nil
    }
}

extension ConnectError: CustomStringConvertible {
    /// What happened, where, and what to do.
    public var description: String {
        switch self {
        case .badAddress(let address, let reason): "the address '\(address)' cannot be used: \(reason)"
        case .notResolved(let host, let reason):
            "the name \(host) cannot be looked up: \(reason); check the name and the name servers of this machine"
        case .notReached(let host, let reason): "\(host) cannot be reached: \(reason)"
        case .timedOut(let host, let stage): "\(host) did not answer in time (\(stage))"
        case .insecure(let host, let fault): "\(host) is not connected to: \(fault)"
        case .unauthorized(let host): "\(host) refused the password (401); check ChargePointID and AuthorizationKey"
        case .refused(let host, let status, let phrase):
            "\(host) refused the WebSocket with \(status)\(phrase.isEmpty ? "" : " \(phrase)"); check the path"
        case .wrongSubprotocol(let host, let offered, let chosen):
            "\(host) does not speak \(offered.joined(separator: " or "))"
                + (chosen.map { " but \($0)" } ?? ": it chose no subprotocol")
        case .turnedAway(let host, let reason): "\(host) turned this host away: \(reason)"
        case .notWebSocket(let host, let reason): "\(host) does not answer as a WebSocket server: \(reason)"
        case .lost(let host): "\(host) closed the connection before it could be used"
        case .cancelled: "connecting was given up"
        case .unavailable(let reason): "no connection can be made: \(reason)"
        }
    }
}
