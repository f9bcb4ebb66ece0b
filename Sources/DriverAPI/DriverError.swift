/// Why a driver could not do what it was asked; the sentence for people is ``description``.
public enum DriverError: Error, Hashable, Sendable, Codable {
    /// The site file's entry cannot be right.
    case configuration(String)
    /// The device cannot be reached, or does not answer.
    case unreachable(String)
    /// Another make answers at this address.
    case mismatch(String)
    /// The device refused a request.
    case refusedByDevice(String)
    /// The profile or the host forbids this now.
    case refused(String)
    /// The device acknowledged, but reads otherwise.
    case notVerified(String)
    /// A newer command of the same block took its place.
    case superseded
    /// The device has no such command or point.
    case unsupported(String)
    /// The store failed.
    case storage(String)
    /// The device was closed.
    case closed
}

extension DriverError: CustomStringConvertible {
    /// What happened, in words.
    public var description: String {
        switch self {
        case .configuration(let t), .unreachable(let t), .mismatch(let t), .refusedByDevice(let t), .refused(let t),
            .notVerified(let t), .unsupported(let t), .storage(let t):
            t
        case .superseded: "a newer command took its place"
        case .closed: "the device was closed"
        }
    }
}
