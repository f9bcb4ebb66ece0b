import Licensing

/// Why something about licences cannot be done.
public enum LicenceProblem: Error, Sendable, CustomStringConvertible {
    /// The host's identity cannot be read or stored.
    case identity(String, String)
    /// A licence does not count.
    case refused(LicenceRefusal)
    /// It cannot be stored.
    case notStored(String, String)
    /// The trial was started before.
    case trialUsed(Day)

    /// What happened, and what to do.
    public var description: String {
        switch self {
        case .identity(let path, let why): "the identity of this host, \(path), cannot be used: \(why)"
        case .refused(let refusal): "the licence does not count: \(refusal)"
        case .notStored(let path, let why): "\(path) cannot be stored: \(why)"
        case .trialUsed(let ends): "the trial of this host was started before; it ends or ended on \(ends)"
        }
    }
}
