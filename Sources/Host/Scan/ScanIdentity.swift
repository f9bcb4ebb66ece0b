import DeviceProfiles

/// Who a unit turned out to be.
struct ScanIdentity: Sendable {
    /// A further profile that the unit may be of.
    struct Other: Hashable, Sendable, Codable {
        var profile: String
        /// 0 to 100.
        var score: Int
    }

    /// The best profile; nil where none comes near.
    var profile: DeviceProfile?
    /// Its score, 0 to 100.
    var score: Int
    /// Whether it is accepted; else the installer has to look.
    var isCertain: Bool
    /// What else it may be, best first.
    var others: [Other]
    /// vendor, model, serial, firmware, as far as the device tells.
    var names: [String: String]
}
