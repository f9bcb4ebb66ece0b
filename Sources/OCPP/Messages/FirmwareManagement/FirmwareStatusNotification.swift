/// The charge point tells how its firmware update goes (OCPP 1.6, 6.19).
public struct FirmwareStatusNotificationRequest: Request {
    /// The answer that belongs to it.
    public typealias Response = FirmwareStatusNotificationResponse
    /// What it is called on the wire.
    public static let action = Action.firmwareStatusNotification

    /// The outcome.
    public var status: FirmwareStatus

    /// Made of its properties.
    public init(status: FirmwareStatus) {
        self.status = status
    }
}

extension FirmwareStatusNotificationRequest {
    /// The rules of its properties.
    public static let rule = ObjectRule(
        "FirmwareStatusNotification.req",
        [
            .required("status", .oneOf(FirmwareStatus.self))
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
public struct FirmwareStatusNotificationResponse: Payload {
    /// It has no properties.
    public init() {}
}

extension FirmwareStatusNotificationResponse {
    /// The rules of its properties.
    public static let rule = ObjectRule("FirmwareStatusNotification.conf")

    /// Taken from properties that passed the rules.
    public init(_ fields: Fields) throws(Violation) {}

    /// As JSON.
    public var json: JSONObject { JSONObject() }
}

/// How a firmware update goes.
public enum FirmwareStatus: String, Sendable, CaseIterable, FieldEnumeration {
    case downloaded = "Downloaded"
    case downloadFailed = "DownloadFailed"
    case downloading = "Downloading"
    case idle = "Idle"
    case installationFailed = "InstallationFailed"
    case installing = "Installing"
    case installed = "Installed"
}
