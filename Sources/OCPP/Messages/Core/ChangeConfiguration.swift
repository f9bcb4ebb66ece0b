/// The central system sets a configuration key (OCPP 1.6, 6.9).
public struct ChangeConfigurationRequest: Request {
    /// The answer that belongs to it.
    public typealias Response = ChangeConfigurationResponse
    /// What it is called on the wire.
    public static let action = Action.changeConfiguration

    /// The key's name, at most 50 characters.
    public var key: String
    /// The value as text, at most 500 characters.
    public var value: String

    /// Made of its properties.
    public init(key: String, value: String) {
        self.key = key
        self.value = value
    }
}

extension ChangeConfigurationRequest {
    /// The rules of its properties.
    public static let rule = ObjectRule(
        "ChangeConfiguration.req",
        [
            .required("key", .text(maximum: 50)),
            .required("value", .text(maximum: 500)),
        ])

    /// Taken from properties that passed the rules.
    public init(_ fields: Fields) throws(Violation) {
        key = try fields.required("key")
        value = try fields.required("value")
    }

    /// As JSON.
    public var json: JSONObject {
        var object = JSONObject()
        object.put("key", key)
        object.put("value", value)
        return object
    }
}

/// Whether the key was set.
public struct ChangeConfigurationResponse: Payload {
    /// The outcome.
    public var status: ConfigurationStatus

    /// Made of its properties.
    public init(status: ConfigurationStatus) {
        self.status = status
    }
}

extension ChangeConfigurationResponse {
    /// The rules of its properties.
    public static let rule = ObjectRule(
        "ChangeConfiguration.conf",
        [
            .required("status", .oneOf(ConfigurationStatus.self))
        ])

    /// Taken from properties that passed the rules.
    public init(_ fields: Fields) throws(Violation) {
        status = try fields.required("status")
    }

    /// As JSON.
    public var json: JSONObject {
        var object = JSONObject()
        object.put("status", status)
        return object
    }
}

/// Whether a key was set.
public enum ConfigurationStatus: String, Sendable, CaseIterable, FieldEnumeration {
    case accepted = "Accepted"
    case rejected = "Rejected"
    case rebootRequired = "RebootRequired"
    case notSupported = "NotSupported"
}
