/// The central system tells where and when to fetch signed firmware (OCPP 1.6 security whitepaper, edition 2, chapter 5).
public struct SignedUpdateFirmwareRequest: Request {
    /// The answer that belongs to it.
    public typealias Response = SignedUpdateFirmwareResponse
    /// What it is called on the wire.
    public static let action = Action.signedUpdateFirmware

    /// How often to try again.
    public var retries: Int?
    /// Seconds between two tries.
    public var retryInterval: Int?
    /// The number of the request that this belongs to.
    public var requestId: Int
    /// The firmware.
    public var firmware: Firmware

    /// Made of its properties.
    public init(retries: Int? = nil, retryInterval: Int? = nil, requestId: Int, firmware: Firmware) {
        self.retries = retries
        self.retryInterval = retryInterval
        self.requestId = requestId
        self.firmware = firmware
    }
}

extension SignedUpdateFirmwareRequest {
    /// The rules of its properties.
    public static let rule = ObjectRule(
        "SignedUpdateFirmware.req",
        [
            .optional("retries", .integer(least: nil)),
            .optional("retryInterval", .integer(least: nil)),
            .required("requestId", .integer(least: nil)),
            .required("firmware", .object(Firmware.self)),
        ])

    /// Taken from properties that passed the rules.
    public init(_ fields: Fields) throws(Violation) {
        retries = try fields.optional("retries")
        retryInterval = try fields.optional("retryInterval")
        requestId = try fields.required("requestId")
        firmware = try fields.required("firmware")
    }

    /// As JSON.
    public var json: JSONObject {
        var object = JSONObject()
        object.put("retries", retries)
        object.put("retryInterval", retryInterval)
        object.put("requestId", requestId)
        object.put("firmware", firmware)
        return object
    }
}

/// Whether the update will be made.
public struct SignedUpdateFirmwareResponse: Payload {
    /// The outcome.
    public var status: UpdateFirmwareStatus

    /// Made of its properties.
    public init(status: UpdateFirmwareStatus) {
        self.status = status
    }
}

extension SignedUpdateFirmwareResponse {
    /// The rules of its properties.
    public static let rule = ObjectRule(
        "SignedUpdateFirmware.conf",
        [
            .required("status", .oneOf(UpdateFirmwareStatus.self))
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

/// Whether a signed update will be made.
public enum UpdateFirmwareStatus: String, Sendable, CaseIterable, FieldEnumeration {
    case accepted = "Accepted"
    case rejected = "Rejected"
    case acceptedCanceled = "AcceptedCanceled"
    case invalidCertificate = "InvalidCertificate"
    case revokedCertificate = "RevokedCertificate"
}
