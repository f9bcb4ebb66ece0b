/// Why a server cannot listen.
public enum ServerError: Error, Hashable, Sendable {
    /// The address cannot be bound; why.
    case address(String, String)
    /// The line cannot be opened; why.
    case line(String, String)
    /// The server was closed, or never came up; why.
    case closed(String)
}

extension ServerError: CustomStringConvertible {
    /// What does not work and why.
    public var description: String {
        switch self {
        case .address(let address, let why): "cannot listen on \(address): \(why)"
        case .line(let path, let why): why.hasPrefix(path) ? why : "\(path): \(why)"
        case .closed(let why): "the Modbus server is closed: \(why)"
        }
    }
}
