/// One licence file and what came of it.
public struct LicenceFinding: Hashable, Sendable {
    /// How much it counts.
    public enum Standing: Hashable, Sendable {
        /// In full.
        case valid
        /// It has ended and counts on until this day.
        case grace(until: Day)
        /// Not at all.
        case refused(LicenceRefusal)
    }

    /// The file's name.
    public var file: String
    /// What it grants; nil where that could not be read or believed.
    public var licence: Licence?
    /// How much it counts.
    public var standing: Standing

    /// Makes a finding.
    public init(file: String, licence: Licence?, standing: Standing) {
        self.file = file
        self.licence = licence
        self.standing = standing
    }

    /// How many charge points it adds.
    public var chargePoints: Int {
        if case .refused = standing { return 0 }
        return licence?.chargePoints ?? 0
    }
}
