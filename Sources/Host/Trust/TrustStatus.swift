import ProfileTrust

/// The profiles that are not trusted enough for their boxes, as the site's document has them.
public struct TrustStatus: Codable, Hashable, Sendable {
    /// One device that may not be started or raised.
    public struct Device: Codable, Hashable, Sendable {
        /// Its id in the site file.
        public var id: String
        /// Its profile.
        public var profile: String
        /// The first twelve digits of the SHA-256 of the profile's file, as the device runs it.
        public var hash: String?
        /// draft, edited, unverified, withdrawn or unreadable.
        public var standing: String
        /// Why it is only read, with the way out, in words.
        public var reason: String
        /// Whether an installer's word would do, with the box in view.
        public var waits_for_confirmation: Bool
    }

    /// Those that may not, in the order of the site file.
    public var devices: [Device]
    /// What a person must know of lists and confirmations.
    public var warnings: [String]
}

extension TrustBar {
    /// One word for programs.
    var word: String {
        switch self {
        case .draft: "draft"
        case .edited: "edited"
        case .unverified: "unverified"
        case .withdrawn: "withdrawn"
        case .wears: "draft"
        case .unreadable: "unreadable"
        }
    }

    /// Whether an installer's word lifts it.
    var isLiftedByConfirmation: Bool {
        switch self {
        case .draft, .edited, .unverified: true
        case .withdrawn, .wears, .unreadable: false
        }
    }
}
