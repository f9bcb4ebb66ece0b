/// Why an index does not count.
public enum IndexRefusal: Error, Hashable, Sendable {
    /// Its signature does not count.
    case signature(SignatureRefusal)
    /// It is no index: line and reason.
    case malformed(line: Int, String)
    /// It is of a kind that this version does not know.
    case unknownSchema(String)
    /// It is older than one that was seen.
    case rolledBack(serial: Int, seen: Int)
    /// It cannot be read.
    case unreadable(String)
}

extension IndexRefusal: CustomStringConvertible {
    /// What is wrong, and what to do.
    public var description: String {
        switch self {
        case .signature(let refusal): refusal.description
        case .malformed(let line, let why): "line \(line): \(why)"
        case .unknownSchema(let schema):
            "it is of the kind '\(schema)', which this version does not know; update chargehost"
        case .rolledBack(let serial, let seen):
            "it is older than one seen before: serial \(serial), where \(seen) was seen; an old index brings back what was withdrawn"
        case .unreadable(let why): "it cannot be read: \(why)"
        }
    }
}
