/// Who limits a power.
public enum PowerCause: String, CaseIterable, Codable, Sendable {
    /// The operator of the site.
    case `operator`
    /// The grid operator dims (§14a EnWG).
    case dimming
    /// The largest power of the whole site.
    case site
    /// The largest power of all boxes together.
    case evse
    /// The site has no more left of its own generation.
    case surplus
    /// A limit was passed a short while ago.
    case overdraft
}

extension PowerCause: CustomStringConvertible {
    /// The sentence for people.
    public var description: String {
        switch self {
        case .operator: "the operator's power limit is used up"
        case .dimming: "the grid operator dims (§14a EnWG): no more power is allowed"
        case .site: "the largest power of the site is reached"
        case .evse: "the largest power of all boxes together is reached"
        case .surplus: "there is no more surplus of the site's own generation"
        case .overdraft: "a power limit was passed a short while ago: it is lowered by the excess for some minutes"
        }
    }
}
