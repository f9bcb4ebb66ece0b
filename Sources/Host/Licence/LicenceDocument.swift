import Licensing

/// The licences of a host, as the interface and `chargehost licence show` give them.
public struct LicenceDocument: Codable, Sendable {
    /// One file.
    public struct File: Codable, Sendable {
        /// Its name.
        public var file: String
        /// The number of the licence.
        public var id: String?
        /// Who it was given to.
        public var licensee: String?
        /// How many charge points it adds now.
        public var charge_points: Int
        /// Its last day; nil for ever.
        public var ends: String?
        /// valid, grace or refused.
        public var standing: String
        /// Why it is refused, or until when it counts.
        public var reason: String?
    }

    /// One box.
    public struct Box: Codable, Sendable {
        /// Whether it may be started and raised.
        public var may_raise: Bool
        /// Why.
        public var reason: String
    }

    /// The host's identity, 64 hexadecimal digits.
    public var host: String
    /// Whether the vendor has certified the host as a Power Brain; it proves that to a master that asks.
    public var power_brain: Bool
    /// How many third-party charge points it may control.
    public var places: Int
    /// How many of them are taken.
    public var taken: Int
    /// The last day of the trial, while it counts.
    public var trial_ends: String?
    /// Whether the trial can still be started.
    public var trial_available: Bool
    /// The licences.
    public var files: [File]
    /// The boxes.
    public var boxes: [String: Box]
    /// What a person must know.
    public var warnings: [String]

    init(
        _ host: PublicKey, _ entitlement: Entitlement, _ admissions: [String: Admission], warnings: [String],
        canTry: Bool, isPowerBrain: Bool
    ) {
        self.host = host.description
        power_brain = isPowerBrain
        places = entitlement.places
        taken = admissions.values.count { if case .placed = $0 { true } else { false } }
        trial_ends = entitlement.trialEnds?.description
        trial_available = canTry
        files = entitlement.findings.map(File.init)
        boxes = admissions.mapValues { Box(may_raise: $0.mayRaise, reason: $0.description) }
        self.warnings = warnings
    }
}

extension LicenceDocument.File {
    /// What came of a file.
    public init(_ finding: LicenceFinding) {
        file = finding.file
        id = finding.licence?.id
        licensee = finding.licence?.licensee
        charge_points = finding.chargePoints
        ends = finding.licence?.ends?.description
        switch finding.standing {
        case .valid: standing = "valid"
        case .grace(let until):
            standing = "grace"
            reason = "it has ended and counts until \(until)"
        case .refused(let refusal):
            standing = "refused"
            reason = refusal.description
        }
    }
}
