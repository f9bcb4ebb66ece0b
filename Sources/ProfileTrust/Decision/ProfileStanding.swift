/// What the trusted indexes say of a profile's file.
public enum ProfileStanding: Hashable, Sendable {
    /// Nothing: it is a draft.
    case unlisted
    /// It is listed.
    case listed(Listing)
    /// It was withdrawn: by which index, and why.
    case withdrawn(index: String, reason: String)

    /// Where it is listed, and how far it is trusted.
    public struct Listing: Hashable, Sendable {
        /// The index; the first one, where several list it.
        public var index: String
        /// Whether an index that came with the program lists it.
        public var isOwn: Bool
        /// The profile's id and version as listed.
        public var id: String
        /// Its version.
        public var version: String
        /// The highest level that any index gives, by capability.
        public var trust: [Capability: TrustLevel]
        /// What was seen on which firmware by whom.
        public var evidence: [String]

        /// How far a capability is trusted.
        public func level(_ capability: Capability) -> TrustLevel { trust[capability] ?? .draft }
    }
}
