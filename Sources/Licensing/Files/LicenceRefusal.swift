/// Why a licence file does not count.
public enum LicenceRefusal: Error, Hashable, Sendable {
    /// It is cut off, or no licence.
    case malformed(String)
    /// It is of a kind that this version does not know.
    case unknownSchema(String)
    /// It was changed after it was signed.
    case edited
    /// No key of the vendor signed it.
    case notSigned
    /// It is for another host.
    case otherHost(PublicKey)
    /// It ended, and its days of grace are over.
    case expired(Day)
    /// It does not count yet.
    case notYet(Day)
    /// It is there twice.
    case repeated(id: String)
    /// The file cannot be read.
    case unreadable(String)
}

extension LicenceRefusal: CustomStringConvertible {
    /// What is wrong, and what to do.
    public var description: String {
        switch self {
        case .malformed(let why): "it is no licence file: \(why); copy it again as it was sent"
        case .unknownSchema(let schema):
            "it is of the kind '\(schema)', which this version does not know; update chargehost"
        case .edited: "it was changed after it was signed; copy it again as it was sent, not through an editor"
        case .notSigned: "the vendor did not sign it"
        case .otherHost(let host):
            "it is for the host \(host.description.prefix(16))…; ask for one for this host (chargehost licence show prints its identity)"
        case .expired(let day): "it ended on \(day), and \(Licence.graceDays) days of grace are over; renew it"
        case .notYet(let day): "it begins on \(day); is the clock right?"
        case .repeated(let id): "licence \(id) is there already, and counts once"
        case .unreadable(let why): "it cannot be read: \(why)"
        }
    }
}
