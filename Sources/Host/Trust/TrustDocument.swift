import ProfileTrust

/// The trust in the profiles of a host's devices, as the interface and `chargehost profile trust` give it.
public struct TrustDocument: Codable, Sendable {
    /// One device.
    public struct Device: Codable, Sendable {
        /// Its id in the site file.
        public var device: String
        /// Its profile.
        public var profile: String
        /// The profile's version, as the device runs it.
        public var version: String?
        /// The SHA-256 of the profile's file, as the device runs it.
        public var hash: String?
        /// not-needed, own, listed, withdrawn, draft or unreadable.
        public var standing: String
        /// Whose word it is, in words.
        public var words: String
        /// The level of every capability that an index names, 0 to 5: reading, limit, phases, wake-up.
        public var trust: [String: Int]
        /// Who confirmed it with the box in view; nil where nobody did.
        public var confirmed_by: String?
        /// What they tried and saw.
        public var statement: String?
        /// Whether it may be started and raised.
        public var may_raise: Bool
        /// Why not, by capability: limit, phases, wake-up.
        public var bars: [String: String]

        init(_ state: DeviceState, _ verdict: ProfileVerdict, version: String?, hash: String?) {
            device = state.entry.id
            profile = state.profile ?? state.entry.profile
            self.version = version
            self.hash = hash
            standing = verdict.ground.word
            words = verdict.description
            trust = Dictionary(verdict.trust.map { ($0.key.rawValue, $0.value.rawValue) }) { first, _ in first }
            confirmed_by = verdict.confirmation?.by
            statement = verdict.confirmation?.statement
            may_raise = verdict.bar(.limit) == nil
            bars = [:]
            for capability in Capability.allCases {
                guard let bar = verdict.bar(capability) else { continue }
                bars[capability.rawValue] = bar.description.replacing("DEVICE", with: state.entry.id)
            }
        }
    }

    /// The devices, as in the site file.
    public var devices: [Device]
    /// What a person must know.
    public var warnings: [String]

    init(_ devices: [Device], warnings: [String]) {
        self.devices = devices
        self.warnings = warnings
    }
}

extension ProfileVerdict.Ground {
    /// One word for programs.
    fileprivate var word: String {
        switch self {
        case .notNeeded: "not-needed"
        case .own: "own"
        case .listed: "listed"
        case .withdrawn: "withdrawn"
        case .draft: "draft"
        case .unreadable: "unreadable"
        }
    }
}
