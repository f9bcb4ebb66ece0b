import OCPP

/// The configuration keys of OCPP as people read them.
public enum KeyTable {
    /// One key.
    public struct Key: Codable, Sendable {
        /// Its name, without a suffix.
        public var name: String
        /// Both, Individual, Not relevant or Master.
        public var scope: String
        /// R, R/W or W.
        public var access: String
        /// Which values it takes.
        public var range: String
        /// The value until another one is set.
        public var standard_value: String?
        /// Whether a change counts only after a restart or a new connection.
        public var needs_reboot: Bool
        /// Whether OCPP 1.6 or its security extension names it.
        public var is_standard: Bool
        /// What it does.
        public var text: String
    }

    /// All keys.
    public static let all = ConfigurationKey.all.map { key in
        Key(
            name: key.name, scope: key.scope.rawValue, access: key.access.rawValue, range: key.type.range,
            standard_value: key.defaultValue, needs_reboot: key.needsReboot, is_standard: key.isStandard,
            text: key.text)
    }
}
