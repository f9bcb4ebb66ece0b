/// The stored value of one OCPP configuration key.
public struct ConfigurationValue: Hashable, Sendable {
    /// The connector it is for; 0 for a key of the whole station or one value for all connectors.
    public let connector: Int
    /// The key as it was written; keys are compared without regard to case.
    public let key: String
    /// The value as text, as GetConfiguration shows it.
    public let value: String

    /// A value.
    public init(connector: Int = 0, key: String, value: String) {
        self.connector = connector
        self.key = key
        self.value = value
    }
}
