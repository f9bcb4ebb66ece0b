/// The identity of the device compared with what the profile and the store say.
public enum Identity: Hashable, Sendable {
    /// Not asked yet.
    case unknown
    /// The device is what the profile is for.
    case fits
    /// The rules give `score`, less than `needed`: another make. It is read no further and never written.
    case mismatch(score: Int, needed: Int)
    /// Another serial number than the one known: nothing is written until ``ProfileEngine/confirmIdentity()``.
    case otherSerial(known: String, found: String)
}

extension Identity: CustomStringConvertible {
    /// What is the matter, in words.
    public var description: String {
        switch self {
        case .unknown: "the device has not been asked yet"
        case .fits: "the device is the right one"
        case .mismatch(let score, let needed):
            "another make answers at this address: it scores \(score) of the \(needed) that this profile needs; "
                + "correct the address or the profile"
        case .otherSerial(let known, let found):
            "the device answers with serial number \(found) and not \(known): nothing is written until the exchange "
                + "is confirmed"
        }
    }
}
