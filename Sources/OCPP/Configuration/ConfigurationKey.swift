/// What is known of one configuration key: the table in `ConfigurationKey.all` is the source of GetConfiguration,
/// ChangeConfiguration and of the pages that list the keys.
public struct ConfigurationKey: Sendable {
    /// To which part of a station a key applies.
    public enum Scope: String, Sendable, CaseIterable {
        /// One value for all connectors.
        case both = "Both"
        /// One value for each connector: connector 1 has the bare name, connector n the name with `_n`.
        case individual = "Individual"
        /// The whole station.
        case notRelevant = "Not relevant"
        /// Evaluated by the coordinator only.
        case master = "Master"
    }

    /// What a backend may do with a key.
    public enum Access: String, Sendable, CaseIterable {
        case readOnly = "R"
        case readWrite = "R/W"
        /// Never shown.
        case writeOnly = "W"
    }

    /// The name, compared without case; without a suffix.
    public let name: String
    /// To which part of a station it applies.
    public let scope: Scope
    /// What a backend may do with it.
    public let access: Access
    /// Which values it takes.
    public let type: KeyType
    /// The value until another one is set; nil if it has none.
    public let defaultValue: String?
    /// Whether a change counts only after a restart or a new connection.
    public let needsReboot: Bool
    /// Whether OCPP 1.6 or its security extension names it; if not it is ours.
    public let isStandard: Bool
    /// What it does.
    public let text: String

    init(
        _ name: String, _ scope: Scope, _ access: Access, _ type: KeyType, _ defaultValue: String? = nil,
        needsReboot: Bool = false, isStandard: Bool = true, _ text: String
    ) {
        self.name = name
        self.scope = scope
        self.access = access
        self.type = type
        self.defaultValue = defaultValue
        self.needsReboot = needsReboot
        self.isStandard = isStandard
        self.text = text
    }

    /// All keys, sorted by name within the standard's chapters, ours at the end.
    public static let all = core + profiles + security + ours

    /// The key with a name, whatever its case.
    public static func named(_ name: String) -> ConfigurationKey? { byName[name.lowercased()] }

    private static let byName = Dictionary(all.map { ($0.name.lowercased(), $0) }, uniquingKeysWith: { one, _ in one })
}
