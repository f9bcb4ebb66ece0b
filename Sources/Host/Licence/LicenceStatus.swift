import Licensing

/// The places for boxes of other makes and who counts, as the site's document has it.
public struct LicenceStatus: Codable, Hashable, Sendable {
    /// One box that counts, or that may not be controlled.
    public struct Box: Codable, Hashable, Sendable {
        /// Its id in the site file.
        public var id: String
        /// Whether it may be started and raised.
        public var may_raise: Bool
        /// Why, in words.
        public var reason: String
    }

    /// How many boxes of other makes the host may control.
    public var places: Int
    /// How many of the places are taken.
    public var taken: Int
    /// The last day of the trial, while it counts.
    public var trial_ends: String?
    /// Who has a place, and who has none; Power Brain boxes are not among them. In the order of their ids.
    public var boxes: [Box]
    /// What a person must know.
    public var warnings: [String]

    init(_ entitlement: Entitlement, _ admissions: [String: Admission], warnings: [String]) {
        places = entitlement.places
        taken = admissions.values.count { if case .placed = $0 { true } else { false } }
        trial_ends = entitlement.trialEnds?.description
        boxes = admissions.sorted { $0.key < $1.key }.compactMap { id, admission in
            switch admission {
            case .free, .notControlled: nil
            case .placed, .waitsForIdentity, .overLimit:
                Box(id: id, may_raise: admission.mayRaise, reason: admission.description)
            }
        }
        self.warnings = warnings
    }
}
