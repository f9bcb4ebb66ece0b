/// Why the network cannot be used as asked; each says what, where, and what to do.
public enum NetworkError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The address is not in figures.
    case notNumeric(ListenAddress)
    /// Another program (or another listener of this one) has the address.
    case addressInUse(ListenAddress)
    /// This machine does not have the address.
    case addressNotLocal(ListenAddress)
    /// The port is below 1024 and the program may not take those.
    case noPermission(ListenAddress)
    /// The system refused for another reason, in its words.
    case cannotListen(ListenAddress, reason: String)
    /// The loop cannot start, in the system's words.
    case cannotStart(reason: String)
    /// The loop has not been started, or has been stopped.
    case notRunning

    /// What happened, where, and what to do.
    public var description: String {
        switch self {
        case .notNumeric(let address):
            "cannot listen on \(address): \(address.host) is no numeric address; write one such as 127.0.0.1, ::1 or "
                + "0.0.0.0 (all of this machine)"
        case .addressInUse(let address):
            "cannot listen on \(address): another program listens there; choose another port or stop it"
        case .addressNotLocal(let address):
            "cannot listen on \(address): this machine does not have the address; 0.0.0.0 listens on all it has"
        case .noPermission(let address):
            "cannot listen on \(address): ports below 1024 need the right CAP_NET_BIND_SERVICE; use one from 1024 on"
        case .cannotListen(let address, let reason): "cannot listen on \(address): \(reason)"
        case .cannotStart(let reason): "the network loop cannot start: \(reason)"
        case .notRunning: "the network loop is not running; start it first"
        }
    }
}
