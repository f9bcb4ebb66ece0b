import DeviceProfiles
import DriverAPI

/// One unit that answers.
public struct ScanFind: Hashable, Sendable, Codable {
    /// A further profile that it may be of, and its score.
    public struct Other: Hashable, Sendable, Codable {
        /// The profile's id.
        public var profile: String
        /// 0 to 100.
        public var score: Int
    }

    /// An option of the profile that has no default.
    public struct Option: Hashable, Sendable, Codable {
        /// Its name.
        public var name: String
        /// What it may be.
        public var choices: [String]
        /// What stands in the entry until somebody looks.
        public var value: String
    }

    /// Where it is, as a site file says.
    public var address: String
    /// The unit id.
    public var unit: Int
    /// The best profile; nil where none comes near.
    public var profile: String?
    /// The profile's title.
    public var title: String?
    /// wallbox, meter, inverter or battery.
    public var kind: String?
    /// How well it fits, 0 to 100.
    public var score: Int
    /// Whether the profile accepts it; else somebody has to look.
    public var certain: Bool
    /// What else it may be, best first.
    public var others: [Other]
    /// vendor, model, serial, firmware, as far as the device tells.
    public var identity: [String: String]
    /// Options that must be answered.
    public var options: [Option]
    /// The device of the running host that it is; nil for one that no site file has.
    public var known: String?
    /// The id proposed for the site file.
    public var id: String?
    /// The entry of the site file.
    public var entry: String

    /// What identification found at a place.
    init(address: String, unit: UInt8, _ identity: ScanIdentity) {
        self.address = address
        self.unit = Int(unit)
        profile = identity.profile?.id
        title = identity.profile?.title.description
        kind = identity.profile?.deviceClass.rawValue
        score = identity.score
        certain = identity.isCertain
        others = identity.others.map { Other(profile: $0.profile, score: $0.score) }
        self.identity = identity.names
        options = (identity.profile?.options ?? []).filter { $0.defaultValue == nil }.map(Option.init)
        entry = ""
    }

    /// A device of the running host, which is not asked again.
    init(address: String, unit: Int, profile: String, known: String) {
        self.address = address
        self.unit = unit
        self.profile = profile
        self.known = known
        (score, certain, others, identity, options, entry) = (100, true, [], [:], [], "")
    }

    /// What its id begins with: the model, or the whole profile id where that is no name.
    var stem: String? {
        guard known == nil, let profile else { return nil }
        let model = profile.drop { $0 != "." }.dropFirst()
        if SiteDeviceReader.isName(String(model)) { return String(model.prefix(30)) }
        let whole = String(profile.map { $0 == "." ? "-" : $0 }.prefix(30))
        return SiteDeviceReader.isName(whole) ? whole : "device"
    }
}

extension ScanFind.Option {
    init(_ option: OptionDefinition) {
        name = option.name
        choices = option.choices.map(\.name)
        let least = option.range?.lowerBound ?? 0
        value =
            switch option.kind {
            case .bool: "false"
            case .choice: choices.first ?? ""
            case .text: ""
            case .integer, .number: "\(least)"
            default: "\(least) \((option.kind.unit ?? .one).rawValue)"
            }
    }
}
