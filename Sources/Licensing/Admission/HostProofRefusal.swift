/// Why a chargehost has not proven that it is a Power Brain.
public enum HostProofRefusal: Error, Hashable, Sendable {
    /// It says itself that it has no certificate of the vendor.
    case noCertificate
    /// It does not know the question.
    case unknownQuestion
    /// It did not answer; why.
    case noAnswer(String)
    /// What it answers is no proof.
    case malformed
    /// Its certificate is not the vendor's, or is of another host.
    case forgedCertificate
    /// What it signed is not what was asked: an answer of before or of another connection, or of another key.
    case otherAnswer
}

extension HostProofRefusal: CustomStringConvertible {
    /// Why, in words.
    public var description: String {
        switch self {
        case .noCertificate: "it has no certificate of the vendor"
        case .unknownQuestion: "it does not know the question; its chargehost is too old, or it is none"
        case .noAnswer(let why): "it did not answer: \(why)"
        case .malformed: "its answer cannot be read"
        case .forgedCertificate: "the vendor did not sign its certificate"
        case .otherAnswer: "its answer is not that of its host to this question"
        }
    }
}
