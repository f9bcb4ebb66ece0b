import ProfileTrust

/// Why an installer's word is not taken.
public enum ConfirmProblem: Error, Sendable, CustomStringConvertible {
    /// The device is none of the site's, or has no profile.
    case noDevice(String)
    /// The statement is too short or too long.
    case statement
    /// The device runs another file than the one that was tried: its digest.
    case otherFile(device: String, runs: String)
    /// The profile was withdrawn.
    case withdrawn(InstallProblem)
    /// It cannot be stored or taken back.
    case trust(TrustProblem)
    /// Nobody has confirmed it.
    case notConfirmed(String)

    /// What happened, and what to do.
    public var description: String {
        switch self {
        case .noDevice(let id): "there is no device '\(id)' that runs a profile"
        case .statement: "the statement says what was tried and seen, in 10 to 2000 characters"
        case .otherFile(let device, let hash):
            "\(device) runs another file than the one that was tried: \(hash.prefix(12))…; look at it again"
        case .withdrawn(let problem): problem.description
        case .trust(let problem): problem.description
        case .notConfirmed(let name): "nobody has confirmed \(name)"
        }
    }
}
