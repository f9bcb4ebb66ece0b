/// The charge point tells the status of a connector, or with 0 of itself (OCPP 1.6, 6.47).
public struct StatusNotificationRequest: Request {
    /// The answer that belongs to it.
    public typealias Response = StatusNotificationResponse
    /// What it is called on the wire.
    public static let action = Action.statusNotification

    /// The connector, counted from 1; 0 is the whole charge point.
    public var connectorId: Int
    /// What is wrong.
    public var errorCode: ChargePointErrorCode
    /// More for people, at most 50 characters.
    public var info: String?
    /// The connector's status.
    public var status: ChargePointStatus
    /// When it was.
    public var timestamp: Timestamp?
    /// The vendor's name, best a reversed domain, at most 255 characters.
    public var vendorId: String?
    /// The vendor's own error code, at most 50 characters.
    public var vendorErrorCode: String?

    /// Made of its properties.
    public init(
        connectorId: Int, errorCode: ChargePointErrorCode, info: String? = nil, status: ChargePointStatus,
        timestamp: Timestamp? = nil, vendorId: String? = nil, vendorErrorCode: String? = nil
    ) {
        self.connectorId = connectorId
        self.errorCode = errorCode
        self.info = info
        self.status = status
        self.timestamp = timestamp
        self.vendorId = vendorId
        self.vendorErrorCode = vendorErrorCode
    }
}

extension StatusNotificationRequest {
    /// The rules of its properties.
    public static let rule = ObjectRule(
        "StatusNotification.req",
        [
            .required("connectorId", .integer(least: 0)),
            .required("errorCode", .oneOf(ChargePointErrorCode.self)),
            .optional("info", .text(maximum: 50)),
            .required("status", .oneOf(ChargePointStatus.self)),
            .optional("timestamp", .timestamp),
            .optional("vendorId", .text(maximum: 255)),
            .optional("vendorErrorCode", .text(maximum: 50)),
        ])

    /// Taken from properties that passed the rules.
    public init(_ fields: Fields) throws(Violation) {
        connectorId = try fields.required("connectorId")
        errorCode = try fields.required("errorCode")
        info = try fields.optional("info")
        status = try fields.required("status")
        timestamp = try fields.optional("timestamp")
        vendorId = try fields.optional("vendorId")
        vendorErrorCode = try fields.optional("vendorErrorCode")
    }

    /// As JSON.
    public var json: JSONObject {
        var object = JSONObject()
        object.put("connectorId", connectorId)
        object.put("errorCode", errorCode)
        object.put("info", info)
        object.put("status", status)
        object.put("timestamp", timestamp)
        object.put("vendorId", vendorId)
        object.put("vendorErrorCode", vendorErrorCode)
        return object
    }
}

/// The central system has taken note.
public struct StatusNotificationResponse: Payload {
    /// It has no properties.
    public init() {}
}

extension StatusNotificationResponse {
    /// The rules of its properties.
    public static let rule = ObjectRule("StatusNotification.conf")

    /// Taken from properties that passed the rules.
    public init(_ fields: Fields) throws(Violation) {}

    /// As JSON.
    public var json: JSONObject { JSONObject() }
}

/// What is wrong with a connector.
public enum ChargePointErrorCode: String, Sendable, CaseIterable, FieldEnumeration {
    case connectorLockFailure = "ConnectorLockFailure"
    case evCommunicationError = "EVCommunicationError"
    case groundFailure = "GroundFailure"
    case highTemperature = "HighTemperature"
    case internalError = "InternalError"
    case localListConflict = "LocalListConflict"
    case noError = "NoError"
    case otherError = "OtherError"
    case overCurrentFailure = "OverCurrentFailure"
    case powerMeterFailure = "PowerMeterFailure"
    case powerSwitchFailure = "PowerSwitchFailure"
    case readerFailure = "ReaderFailure"
    case resetFailure = "ResetFailure"
    case underVoltage = "UnderVoltage"
    case overVoltage = "OverVoltage"
    case weakSignal = "WeakSignal"
}

/// The status of a connector.
public enum ChargePointStatus: String, Sendable, CaseIterable, FieldEnumeration {
    case available = "Available"
    case preparing = "Preparing"
    case charging = "Charging"
    case suspendedEVSE = "SuspendedEVSE"
    case suspendedEV = "SuspendedEV"
    case finishing = "Finishing"
    case reserved = "Reserved"
    case unavailable = "Unavailable"
    case faulted = "Faulted"
}
