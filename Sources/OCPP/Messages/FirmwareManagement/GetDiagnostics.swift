/// The central system asks for a diagnostics file to be uploaded (OCPP 1.6, 6.25).
public struct GetDiagnosticsRequest: Request {
    /// The answer that belongs to it.
    public typealias Response = GetDiagnosticsResponse
    /// What it is called on the wire.
    public static let action = Action.getDiagnostics

    /// Where the file is, or where it is to be put.
    public var location: String
    /// How often to try again.
    public var retries: Int?
    /// Seconds between two tries.
    public var retryInterval: Int?
    /// From when on the file is wanted.
    public var startTime: Timestamp?
    /// Until when the file is wanted.
    public var stopTime: Timestamp?

    /// Made of its properties.
    public init(
        location: String, retries: Int? = nil, retryInterval: Int? = nil, startTime: Timestamp? = nil,
        stopTime: Timestamp? = nil
    ) {
        self.location = location
        self.retries = retries
        self.retryInterval = retryInterval
        self.startTime = startTime
        self.stopTime = stopTime
    }
}

extension GetDiagnosticsRequest {
    /// The rules of its properties.
    public static let rule = ObjectRule(
        "GetDiagnostics.req",
        [
            .required("location", .text(maximum: nil)),
            .optional("retries", .integer(least: nil)),
            .optional("retryInterval", .integer(least: nil)),
            .optional("startTime", .timestamp),
            .optional("stopTime", .timestamp),
        ])

    /// Taken from properties that passed the rules.
    public init(_ fields: Fields) throws(Violation) {
        location = try fields.required("location")
        retries = try fields.optional("retries")
        retryInterval = try fields.optional("retryInterval")
        startTime = try fields.optional("startTime")
        stopTime = try fields.optional("stopTime")
    }

    /// As JSON.
    public var json: JSONObject {
        var object = JSONObject()
        object.put("location", location)
        object.put("retries", retries)
        object.put("retryInterval", retryInterval)
        object.put("startTime", startTime)
        object.put("stopTime", stopTime)
        return object
    }
}

/// The name of the file, or nothing when there is none.
public struct GetDiagnosticsResponse: Payload {
    /// The file's name, at most 255 characters.
    public var fileName: String?

    /// Made of its properties.
    public init(fileName: String? = nil) {
        self.fileName = fileName
    }
}

extension GetDiagnosticsResponse {
    /// The rules of its properties.
    public static let rule = ObjectRule(
        "GetDiagnostics.conf",
        [
            .optional("fileName", .text(maximum: 255))
        ])

    /// Taken from properties that passed the rules.
    public init(_ fields: Fields) throws(Violation) {
        fileName = try fields.optional("fileName")
    }

    /// As JSON.
    public var json: JSONObject {
        var object = JSONObject()
        object.put("fileName", fileName)
        return object
    }
}
