/// The charge point tells the central system what it is after it has started (OCPP 1.6, 6.3).
public struct BootNotificationRequest: Request {
    /// The answer that belongs to it.
    public typealias Response = BootNotificationResponse
    /// What it is called on the wire.
    public static let action = Action.bootNotification

    /// The vendor's name, at most 20 characters.
    public var chargePointVendor: String
    /// The model, at most 20 characters.
    public var chargePointModel: String
    /// The charge point's serial number, at most 25 characters.
    public var chargePointSerialNumber: String?
    /// The serial number of the box inside; deprecated, at most 25 characters.
    public var chargeBoxSerialNumber: String?
    /// The version of the firmware, at most 50 characters.
    public var firmwareVersion: String?
    /// The id of the SIM card, at most 20 characters.
    public var iccid: String?
    /// The subscriber's number of the SIM card, at most 20 characters.
    public var imsi: String?
    /// The type of the main meter, at most 25 characters.
    public var meterType: String?
    /// The serial number of the main meter, at most 25 characters.
    public var meterSerialNumber: String?

    /// Made of its properties.
    public init(
        chargePointVendor: String, chargePointModel: String, chargePointSerialNumber: String? = nil,
        chargeBoxSerialNumber: String? = nil, firmwareVersion: String? = nil, iccid: String? = nil,
        imsi: String? = nil, meterType: String? = nil, meterSerialNumber: String? = nil
    ) {
        self.chargePointVendor = chargePointVendor
        self.chargePointModel = chargePointModel
        self.chargePointSerialNumber = chargePointSerialNumber
        self.chargeBoxSerialNumber = chargeBoxSerialNumber
        self.firmwareVersion = firmwareVersion
        self.iccid = iccid
        self.imsi = imsi
        self.meterType = meterType
        self.meterSerialNumber = meterSerialNumber
    }
}

extension BootNotificationRequest {
    /// The rules of its properties.
    public static let rule = ObjectRule(
        "BootNotification.req",
        [
            .required("chargePointVendor", .text(maximum: 20)),
            .required("chargePointModel", .text(maximum: 20)),
            .optional("chargePointSerialNumber", .text(maximum: 25)),
            .optional("chargeBoxSerialNumber", .text(maximum: 25)),
            .optional("firmwareVersion", .text(maximum: 50)),
            .optional("iccid", .text(maximum: 20)),
            .optional("imsi", .text(maximum: 20)),
            .optional("meterType", .text(maximum: 25)),
            .optional("meterSerialNumber", .text(maximum: 25)),
        ])

    /// Taken from properties that passed the rules.
    public init(_ fields: Fields) throws(Violation) {
        chargePointVendor = try fields.required("chargePointVendor")
        chargePointModel = try fields.required("chargePointModel")
        chargePointSerialNumber = try fields.optional("chargePointSerialNumber")
        chargeBoxSerialNumber = try fields.optional("chargeBoxSerialNumber")
        firmwareVersion = try fields.optional("firmwareVersion")
        iccid = try fields.optional("iccid")
        imsi = try fields.optional("imsi")
        meterType = try fields.optional("meterType")
        meterSerialNumber = try fields.optional("meterSerialNumber")
    }

    /// As JSON.
    public var json: JSONObject {
        var object = JSONObject()
        object.put("chargePointVendor", chargePointVendor)
        object.put("chargePointModel", chargePointModel)
        object.put("chargePointSerialNumber", chargePointSerialNumber)
        object.put("chargeBoxSerialNumber", chargeBoxSerialNumber)
        object.put("firmwareVersion", firmwareVersion)
        object.put("iccid", iccid)
        object.put("imsi", imsi)
        object.put("meterType", meterType)
        object.put("meterSerialNumber", meterSerialNumber)
        return object
    }
}

/// Whether the charge point is accepted, the time, and how often to send a heartbeat.
public struct BootNotificationResponse: Payload {
    /// Whether the charge point is accepted.
    public var status: RegistrationStatus
    /// The central system's time.
    public var currentTime: Timestamp
    /// Seconds between heartbeats; if not accepted, until the next boot notification.
    public var interval: Int

    /// Made of its properties.
    public init(status: RegistrationStatus, currentTime: Timestamp, interval: Int) {
        self.status = status
        self.currentTime = currentTime
        self.interval = interval
    }
}

extension BootNotificationResponse {
    /// The rules of its properties.
    public static let rule = ObjectRule(
        "BootNotification.conf",
        [
            .required("status", .oneOf(RegistrationStatus.self)),
            .required("currentTime", .timestamp),
            .required("interval", .integer(least: nil)),
        ])

    /// Taken from properties that passed the rules.
    public init(_ fields: Fields) throws(Violation) {
        status = try fields.required("status")
        currentTime = try fields.required("currentTime")
        interval = try fields.required("interval")
    }

    /// As JSON.
    public var json: JSONObject {
        var object = JSONObject()
        object.put("status", status)
        object.put("currentTime", currentTime)
        object.put("interval", interval)
        return object
    }
}

/// Whether the central system takes the charge point.
public enum RegistrationStatus: String, Sendable, CaseIterable, FieldEnumeration {
    case accepted = "Accepted"
    case pending = "Pending"
    case rejected = "Rejected"
}
