/// Why no new charging session may begin: it could not be billed for sure.
public enum SessionRefusal: Hashable, Sendable, CustomStringConvertible {
    /// The disk is full; its reserve is kept for the stops of the sessions there are.
    case diskFull(path: String)
    /// So many messages wait for the backend that only stops are still taken.
    case queueFull(Backend, messages: Int)

    /// What happened and what to do.
    public var description: String {
        switch self {
        case .diskFull(let path):
            "the disk of \(path) is full and its reserve is kept for the end of running sessions; make room, "
                + "the host goes on by itself"
        case .queueFull(let backend, let messages):
            "\(messages) messages wait for \(backend); look why it does not take them ('chargehost ocpp queue')"
        }
    }
}
