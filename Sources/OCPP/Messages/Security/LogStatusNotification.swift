/// The charge point tells how the upload of a log goes (OCPP 1.6 security whitepaper, edition 2, chapter 5).
public struct LogStatusNotificationRequest: Request {
    /// The answer that belongs to it.
    public typealias Response = LogStatusNotificationResponse
    /// What it is called on the wire.
    public static let action = Action.logStatusNotification

    /// The outcome.
    public var status: UploadLogStatus
    /// The number of the request that this belongs to.
    public var requestId: Int?

    /// Made of its properties.
    public init(status: UploadLogStatus, requestId: Int? = nil) {
        self.status = status
        self.requestId = requestId
    }
}

extension LogStatusNotificationRequest {
    /// The rules of its properties.
    public static let rule = ObjectRule(
        "LogStatusNotification.req",
        [
            .required("status", .oneOf(UploadLogStatus.self)),
            .optional("requestId", .integer(least: nil)),
        ])

    /// Taken from properties that passed the rules.
    public init(_ fields: Fields) throws(Violation) {
        status = try fields.required("status")
        requestId = try fields.optional("requestId")
    }

    /// As JSON.
    public var json: JSONObject {
        var object = JSONObject()
        object.put("status", status)
        object.put("requestId", requestId)
        return object
    }
}

/// The central system has taken note.
public struct LogStatusNotificationResponse: Payload {
    /// It has no properties.
    public init() {}
}

extension LogStatusNotificationResponse {
    /// The rules of its properties.
    public static let rule = ObjectRule("LogStatusNotification.conf")

    /// Taken from properties that passed the rules.
    public init(_ fields: Fields) throws(Violation) {}

    /// As JSON.
    public var json: JSONObject { JSONObject() }
}

/// How the upload of a log goes.
public enum UploadLogStatus: String, Sendable, CaseIterable, FieldEnumeration {
    case badMessage = "BadMessage"
    case idle = "Idle"
    case notSupportedOperation = "NotSupportedOperation"
    case permissionDenied = "PermissionDenied"
    case uploaded = "Uploaded"
    case uploadFailure = "UploadFailure"
    case uploading = "Uploading"
}
