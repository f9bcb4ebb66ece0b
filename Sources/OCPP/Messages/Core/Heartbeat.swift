/// The charge point says that it is still there (OCPP 1.6, 6.29).
public struct HeartbeatRequest: Request {
    /// The answer that belongs to it.
    public typealias Response = HeartbeatResponse
    /// What it is called on the wire.
    public static let action = Action.heartbeat

    /// It has no properties.
    public init() {}
}

extension HeartbeatRequest {
    /// The rules of its properties.
    public static let rule = ObjectRule("Heartbeat.req")

    /// Taken from properties that passed the rules.
    public init(_ fields: Fields) throws(Violation) {}

    /// As JSON.
    public var json: JSONObject { JSONObject() }
}

/// The time of the central system.
public struct HeartbeatResponse: Payload {
    /// The central system's time.
    public var currentTime: Timestamp

    /// Made of its properties.
    public init(currentTime: Timestamp) {
        self.currentTime = currentTime
    }
}

extension HeartbeatResponse {
    /// The rules of its properties.
    public static let rule = ObjectRule(
        "Heartbeat.conf",
        [
            .required("currentTime", .timestamp)
        ])

    /// Taken from properties that passed the rules.
    public init(_ fields: Fields) throws(Violation) {
        currentTime = try fields.required("currentTime")
    }

    /// As JSON.
    public var json: JSONObject {
        var object = JSONObject()
        object.put("currentTime", currentTime)
        return object
    }
}
