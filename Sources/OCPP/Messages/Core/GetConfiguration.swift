/// The central system asks for configuration keys, for all of them when none is named (OCPP 1.6, 6.23).
public struct GetConfigurationRequest: Request {
    /// The answer that belongs to it.
    public typealias Response = GetConfigurationResponse
    /// What it is called on the wire.
    public static let action = Action.getConfiguration

    /// The names of the keys; none or nothing for all.
    public var key: [String]?

    /// Made of its properties.
    public init(key: [String]? = nil) {
        self.key = key
    }
}

extension GetConfigurationRequest {
    /// The rules of its properties.
    public static let rule = ObjectRule(
        "GetConfiguration.req",
        [
            .optional("key", .list(.text(maximum: 50), least: 0))
        ])

    /// Taken from properties that passed the rules.
    public init(_ fields: Fields) throws(Violation) {
        key = try fields.optional("key")
    }

    /// As JSON.
    public var json: JSONObject {
        var object = JSONObject()
        object.put("key", key)
        return object
    }
}

/// The keys asked for, and those that are not known.
public struct GetConfigurationResponse: Payload {
    /// The keys that are known.
    public var configurationKey: [KeyValue]?
    /// The names that are not known.
    public var unknownKey: [String]?

    /// Made of its properties.
    public init(configurationKey: [KeyValue]? = nil, unknownKey: [String]? = nil) {
        self.configurationKey = configurationKey
        self.unknownKey = unknownKey
    }
}

extension GetConfigurationResponse {
    /// The rules of its properties.
    public static let rule = ObjectRule(
        "GetConfiguration.conf",
        [
            .optional("configurationKey", .list(.object(KeyValue.self), least: 0)),
            .optional("unknownKey", .list(.text(maximum: 50), least: 0)),
        ])

    /// Taken from properties that passed the rules.
    public init(_ fields: Fields) throws(Violation) {
        configurationKey = try fields.optional("configurationKey")
        unknownKey = try fields.optional("unknownKey")
    }

    /// As JSON.
    public var json: JSONObject {
        var object = JSONObject()
        object.put("configurationKey", configurationKey)
        object.put("unknownKey", unknownKey)
        return object
    }
}
