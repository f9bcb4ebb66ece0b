/// Why an exchange failed, and whether its request can have reached the device.
enum ExchangeFailure: Error, Hashable {
    /// What the caller is told.
    case link(LinkError)
    /// The connection broke before a byte left: it may be repeated.
    case unsent(String)

    init(_ failure: ChannelFailure) {
        self =
            switch failure {
            case .timeout: .link(.timeout)
            case .garbled(let what): .link(.garbled(what))
            case .unreachable(let why): .link(.unreachable(why))
            case .unsent(let why): .unsent(why)
            case .broken(let why): .link(.disconnected(why))
            }
    }

    /// What the caller is told when it is not repeated.
    var error: LinkError {
        switch self {
        case .link(let error): error
        case .unsent(let why): .disconnected(why)
        }
    }

    /// The reason alone.
    var reason: String {
        switch self {
        case .link(.unreachable(let why)), .link(.disconnected(let why)), .unsent(let why): why
        case .link(let error): error.description
        }
    }
}
