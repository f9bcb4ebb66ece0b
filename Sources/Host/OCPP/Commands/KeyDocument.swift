import OCPP

/// One OCPP configuration key, as programs get it.
public struct KeyDocument: Codable, Hashable, Sendable {
    /// Its name, without a suffix.
    public var name: String
    /// To which part of the station it applies: Both, Individual, Not relevant, Master.
    public var scope: String
    /// What a backend may do with it: R, R/W, W.
    public var access: String
    /// What kind of value it is.
    public var type: String
    /// The value until another one is set; nil if it has none.
    public var `default`: String?
    /// Which values it takes, for people.
    public var range: String
    /// Whether a change counts only after a restart or a new connection.
    public var reboot: Bool
    /// Whether OCPP 1.6 or its security extension names it; if not it is ours.
    public var standard: Bool
    /// What it does.
    public var description: String

    /// The whole table, in its order.
    public static var all: [KeyDocument] { ConfigurationKey.all.map(KeyDocument.init) }

    init(_ key: ConfigurationKey) {
        name = key.name
        scope = key.scope.rawValue
        access = key.access.rawValue
        type = key.type.words
        `default` = key.defaultValue
        range = key.type.range
        reboot = key.needsReboot
        standard = key.isStandard
        description = key.text
    }
}
