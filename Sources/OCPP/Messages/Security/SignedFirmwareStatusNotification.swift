/// The charge point tells how its signed firmware update goes (OCPP 1.6 security whitepaper, edition 2, chapter 5).
public struct SignedFirmwareStatusNotificationRequest: Request {
    /// The answer that belongs to it.
    public typealias Response = SignedFirmwareStatusNotificationResponse
    /// What it is called on the wire.
    public static let action = Action.signedFirmwareStatusNotification

    /// The outcome.
    public var status: SignedFirmwareStatus
    /// The number of the request that this belongs to.
    public var requestId: Int?

    /// Made of its properties.
    public init(status: SignedFirmwareStatus, requestId: Int? = nil) {
        self.status = status
        self.requestId = requestId
    }
}

extension SignedFirmwareStatusNotificationRequest {
    /// The rules of its properties.
    public static let rule = ObjectRule(
        "SignedFirmwareStatusNotification.req",
        [
            .required("status", .oneOf(SignedFirmwareStatus.self)),
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
public struct SignedFirmwareStatusNotificationResponse: Payload {
    /// It has no properties.
    public init() {}
}

extension SignedFirmwareStatusNotificationResponse {
    /// The rules of its properties.
    public static let rule = ObjectRule("SignedFirmwareStatusNotification.conf")

    /// Taken from properties that passed the rules.
    public init(_ fields: Fields) throws(Violation) {}

    /// As JSON.
    public var json: JSONObject { JSONObject() }
}

/// How a signed firmware update goes.
public enum SignedFirmwareStatus: String, Sendable, CaseIterable, FieldEnumeration {
    case downloaded = "Downloaded"
    case downloadFailed = "DownloadFailed"
    case downloading = "Downloading"
    case downloadScheduled = "DownloadScheduled"
    case downloadPaused = "DownloadPaused"
    case idle = "Idle"
    case installationFailed = "InstallationFailed"
    case installing = "Installing"
    case installed = "Installed"
    case installRebooting = "InstallRebooting"
    case installScheduled = "InstallScheduled"
    case installVerificationFailed = "InstallVerificationFailed"
    case invalidSignature = "InvalidSignature"
    case signatureVerified = "SignatureVerified"
}
