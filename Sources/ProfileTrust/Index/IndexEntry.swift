/// One version of one profile in an index.
public struct IndexEntry: Hashable, Sendable, Codable {
    /// The profile's id.
    public var id: String
    /// Its version.
    public var version: String
    /// The SHA-256 of its file, 64 hexadecimal digits.
    public var hash: String
    /// Where its file is, beside the index; nil where it is not offered.
    public var file: String?
    /// How far each capability is trusted; what is not named is not.
    public var trust: [Capability: TrustLevel]
    /// What was seen on which firmware by whom, for people; a line each.
    public var evidence: [String]
    /// Why it was withdrawn; nil while it counts.
    public var withdrawn: String?

    /// Makes an entry.
    public init(
        id: String, version: String, hash: String, file: String? = nil, trust: [Capability: TrustLevel] = [:],
        evidence: [String] = [], withdrawn: String? = nil
    ) {
        self.id = id
        self.version = version
        self.hash = hash
        self.file = file
        self.trust = trust
        self.evidence = evidence
        self.withdrawn = withdrawn
    }

    /// How far a capability is trusted.
    public func level(_ capability: Capability) -> TrustLevel { trust[capability] ?? .draft }
}
