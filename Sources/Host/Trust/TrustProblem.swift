import ProfileTrust

/// Why something about the trust in profiles cannot be done.
public enum TrustProblem: Error, Sendable, CustomStringConvertible {
    /// An index does not count: its name or place, and why.
    case index(String, IndexRefusal)
    /// There is no index of this name.
    case noIndex(String, known: [String])
    /// There is one of this name already.
    case indexExists(String)
    /// A name that cannot be one.
    case name(String)
    /// A key that is none: its place.
    case key(String)
    /// A file cannot be fetched or read: place and reason.
    case notFetched(String, String)
    /// A file cannot be stored.
    case notStored(String, String)
    /// What was stored cannot be read any more.
    case damaged(String, String)

    /// What happened, and what to do.
    public var description: String {
        switch self {
        case .index(let place, let refusal): "the index \(place) does not count: \(refusal)"
        case .noIndex(let name, let known):
            known.isEmpty
                ? "there is no index '\(name)': none was added; chargehost profile index add NAME LOCATION --key KEY"
                : "there is no index '\(name)'; there is \(known.joined(separator: ", "))"
        case .indexExists(let name): "there is an index '\(name)' already; chargehost profile index remove \(name)"
        case .name(let name): "'\(name)' cannot be the name of an index: letters, digits and hyphens, at most 40"
        case .key(let place): "\(place) is no key: the text of a minisign.pub, or its second line"
        case .notFetched(let place, let why): "\(place) cannot be fetched: \(why)"
        case .notStored(let path, let why): "\(path) cannot be stored: \(why); what was there is unchanged"
        case .damaged(let path, let why): "\(path) cannot be read any more: \(why)"
        }
    }
}
