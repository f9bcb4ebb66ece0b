/// Why a signature does not count.
public enum SignatureRefusal: Error, Hashable, Sendable {
    /// It is no signature.
    case malformed(String)
    /// It was made with a key that is not trusted here, by its number.
    case unknownKey(String)
    /// The file is not as it was signed.
    case edited
    /// The comment that was signed with it is not.
    case commentEdited
}

extension SignatureRefusal: CustomStringConvertible {
    /// What is wrong, and what to do.
    public var description: String {
        switch self {
        case .malformed(let why): "its signature cannot be read: \(why); fetch it again"
        case .unknownKey(let number): "it was signed with the key \(number), which is not trusted for it here"
        case .edited: "it was changed after it was signed; fetch it again"
        case .commentEdited: "the trusted comment of its signature was changed; fetch it again"
        }
    }
}
