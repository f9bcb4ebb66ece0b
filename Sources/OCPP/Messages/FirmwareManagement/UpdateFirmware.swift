/// The central system tells where and when to fetch new firmware (OCPP 1.6, 6.55).
public struct UpdateFirmwareRequest: Request {
    /// The answer that belongs to it.
    public typealias Response = UpdateFirmwareResponse
    /// What it is called on the wire.
    public static let action = Action.updateFirmware

    /// Where the file is, or where it is to be put.
    public var location: String
    /// How often to try again.
    public var retries: Int?
    /// When to fetch it.
    public var retrieveDate: Timestamp
    /// Seconds between two tries.
    public var retryInterval: Int?

    /// Made of its properties.
    public init(location: String, retries: Int? = nil, retrieveDate: Timestamp, retryInterval: Int? = nil) {
        self.location = location
        self.retries = retries
        self.retrieveDate = retrieveDate
        self.retryInterval = retryInterval
    }
}

extension UpdateFirmwareRequest {
    /// The rules of its properties.
    public static let rule = ObjectRule(
        "UpdateFirmware.req",
        [
            .required("location", .text(maximum: nil)),
            .optional("retries", .integer(least: nil)),
            .required("retrieveDate", .timestamp),
            .optional("retryInterval", .integer(least: nil)),
        ])

    /// Taken from properties that passed the rules.
    public init(_ fields: Fields) throws(Violation) {
        location = try fields.required("location")
        retries = try fields.optional("retries")
        retrieveDate = try fields.required("retrieveDate")
        retryInterval = try fields.optional("retryInterval")
    }

    /// As JSON.
    public var json: JSONObject {
        var object = JSONObject()
        object.put("location", location)
        object.put("retries", retries)
        object.put("retrieveDate", retrieveDate)
        object.put("retryInterval", retryInterval)
        return object
    }
}

/// The charge point has taken note.
public struct UpdateFirmwareResponse: Payload {
    /// It has no properties.
    public init() {}
}

extension UpdateFirmwareResponse {
    /// The rules of its properties.
    public static let rule = ObjectRule("UpdateFirmware.conf")

    /// Taken from properties that passed the rules.
    public init(_ fields: Fields) throws(Violation) {}

    /// As JSON.
    public var json: JSONObject { JSONObject() }
}
