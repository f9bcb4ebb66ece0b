/// The central system asks the charge point to send a message, those of the security extension too (OCPP 1.6 security whitepaper, edition 2, chapter 5).
public struct ExtendedTriggerMessageRequest: Request {
    /// The answer that belongs to it.
    public typealias Response = ExtendedTriggerMessageResponse
    /// What it is called on the wire.
    public static let action = Action.extendedTriggerMessage

    /// The message to be sent.
    public var requestedMessage: ExtendedMessageTrigger
    /// The connector, counted from 1; 0 is the whole charge point.
    public var connectorId: Int?

    /// Made of its properties.
    public init(requestedMessage: ExtendedMessageTrigger, connectorId: Int? = nil) {
        self.requestedMessage = requestedMessage
        self.connectorId = connectorId
    }
}

extension ExtendedTriggerMessageRequest {
    /// The rules of its properties.
    public static let rule = ObjectRule(
        "ExtendedTriggerMessage.req",
        [
            .required("requestedMessage", .oneOf(ExtendedMessageTrigger.self)),
            .optional("connectorId", .integer(least: 0)),
        ])

    /// Taken from properties that passed the rules.
    public init(_ fields: Fields) throws(Violation) {
        requestedMessage = try fields.required("requestedMessage")
        connectorId = try fields.optional("connectorId")
    }

    /// As JSON.
    public var json: JSONObject {
        var object = JSONObject()
        object.put("requestedMessage", requestedMessage)
        object.put("connectorId", connectorId)
        return object
    }
}

/// Whether the message will be sent.
public struct ExtendedTriggerMessageResponse: Payload {
    /// The outcome.
    public var status: TriggerMessageStatus

    /// Made of its properties.
    public init(status: TriggerMessageStatus) {
        self.status = status
    }
}

extension ExtendedTriggerMessageResponse {
    /// The rules of its properties.
    public static let rule = ObjectRule(
        "ExtendedTriggerMessage.conf",
        [
            .required("status", .oneOf(TriggerMessageStatus.self))
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

/// A message that the extended trigger can ask for.
public enum ExtendedMessageTrigger: String, Sendable, CaseIterable, FieldEnumeration {
    case bootNotification = "BootNotification"
    case logStatusNotification = "LogStatusNotification"
    case firmwareStatusNotification = "FirmwareStatusNotification"
    case heartbeat = "Heartbeat"
    case meterValues = "MeterValues"
    case signChargePointCertificate = "SignChargePointCertificate"
    case statusNotification = "StatusNotification"
}
