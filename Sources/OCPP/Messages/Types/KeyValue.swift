/// A configuration key and its value (OCPP 1.6, chapter 7).
public struct KeyValue: Payload {
    /// The key's name, at most 50 characters.
    public var key: String
    /// Whether the key cannot be changed.
    public var readonly: Bool
    /// The value as text, at most 500 characters.
    public var value: String?

    /// Made of its properties.
    public init(key: String, readonly: Bool, value: String? = nil) {
        self.key = key
        self.readonly = readonly
        self.value = value
    }
}

extension KeyValue {
    /// The rules of its properties.
    public static let rule = ObjectRule(
        "KeyValue",
        [
            .required("key", .text(maximum: 50)),
            .required("readonly", .boolean),
            .optional("value", .text(maximum: 500)),
        ])

    /// Taken from properties that passed the rules.
    public init(_ fields: Fields) throws(Violation) {
        key = try fields.required("key")
        readonly = try fields.required("readonly")
        value = try fields.optional("value")
    }

    /// As JSON.
    public var json: JSONObject {
        var object = JSONObject()
        object.put("key", key)
        object.put("readonly", readonly)
        object.put("value", value)
        return object
    }
}
