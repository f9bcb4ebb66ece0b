/// The charge point tells of a security event (OCPP 1.6 security whitepaper, edition 2, chapter 5).
public struct SecurityEventNotificationRequest: Request {
    /// The answer that belongs to it.
    public typealias Response = SecurityEventNotificationResponse
    /// What it is called on the wire.
    public static let action = Action.securityEventNotification

    /// The event's name, at most 50 characters.
    public var type: String
    /// When it was.
    public var timestamp: Timestamp
    /// More about the event, at most 255 characters.
    public var techInfo: String?

    /// Made of its properties.
    public init(type: String, timestamp: Timestamp, techInfo: String? = nil) {
        self.type = type
        self.timestamp = timestamp
        self.techInfo = techInfo
    }
}

extension SecurityEventNotificationRequest {
    /// The rules of its properties.
    public static let rule = ObjectRule(
        "SecurityEventNotification.req",
        [
            .required("type", .text(maximum: 50)),
            .required("timestamp", .timestamp),
            .optional("techInfo", .text(maximum: 255)),
        ])

    /// Taken from properties that passed the rules.
    public init(_ fields: Fields) throws(Violation) {
        type = try fields.required("type")
        timestamp = try fields.required("timestamp")
        techInfo = try fields.optional("techInfo")
    }

    /// As JSON.
    public var json: JSONObject {
        var object = JSONObject()
        object.put("type", type)
        object.put("timestamp", timestamp)
        object.put("techInfo", techInfo)
        return object
    }
}

/// The central system has taken note.
public struct SecurityEventNotificationResponse: Payload {
    /// It has no properties.
    public init() {}
}

extension SecurityEventNotificationResponse {
    /// The rules of its properties.
    public static let rule = ObjectRule("SecurityEventNotification.conf")

    /// Taken from properties that passed the rules.
    public init(_ fields: Fields) throws(Violation) {}

    /// As JSON.
    public var json: JSONObject { JSONObject() }
}
