/// The charge point tells how the upload of its diagnostics goes (OCPP 1.6, 6.17).
public struct DiagnosticsStatusNotificationRequest: Request {
    /// The answer that belongs to it.
    public typealias Response = DiagnosticsStatusNotificationResponse
    /// What it is called on the wire.
    public static let action = Action.diagnosticsStatusNotification

    /// The outcome.
    public var status: DiagnosticsStatus

    /// Made of its properties.
    public init(status: DiagnosticsStatus) {
        self.status = status
    }
}

extension DiagnosticsStatusNotificationRequest {
    /// The rules of its properties.
    public static let rule = ObjectRule(
        "DiagnosticsStatusNotification.req",
        [
            .required("status", .oneOf(DiagnosticsStatus.self))
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

/// The central system has taken note.
public struct DiagnosticsStatusNotificationResponse: Payload {
    /// It has no properties.
    public init() {}
}

extension DiagnosticsStatusNotificationResponse {
    /// The rules of its properties.
    public static let rule = ObjectRule("DiagnosticsStatusNotification.conf")

    /// Taken from properties that passed the rules.
    public init(_ fields: Fields) throws(Violation) {}

    /// As JSON.
    public var json: JSONObject { JSONObject() }
}

/// How the upload of diagnostics goes.
public enum DiagnosticsStatus: String, Sendable, CaseIterable, FieldEnumeration {
    case idle = "Idle"
    case uploaded = "Uploaded"
    case uploadFailed = "UploadFailed"
    case uploading = "Uploading"
}
