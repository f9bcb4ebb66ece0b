/// The central system asks the charge point to send a message (OCPP 1.6, 6.51).
public struct TriggerMessageRequest: Request {
    /// The answer that belongs to it.
    public typealias Response = TriggerMessageResponse
    /// What it is called on the wire.
    public static let action = Action.triggerMessage

    /// The message to be sent.
    public var requestedMessage: MessageTrigger
    /// The connector, counted from 1; 0 is the whole charge point.
    public var connectorId: Int?

    /// Made of its properties.
    public init(requestedMessage: MessageTrigger, connectorId: Int? = nil) {
        self.requestedMessage = requestedMessage
        self.connectorId = connectorId
    }
}

extension TriggerMessageRequest {
    /// The rules of its properties.
    public static let rule = ObjectRule(
        "TriggerMessage.req",
        [
            .required("requestedMessage", .oneOf(MessageTrigger.self)),
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
public struct TriggerMessageResponse: Payload {
    /// The outcome.
    public var status: TriggerMessageStatus

    /// Made of its properties.
    public init(status: TriggerMessageStatus) {
        self.status = status
    }
}

extension TriggerMessageResponse {
    /// The rules of its properties.
    public static let rule = ObjectRule(
        "TriggerMessage.conf",
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

/// A message that the trigger can ask for.
public enum MessageTrigger: String, Sendable, CaseIterable, FieldEnumeration {
    case bootNotification = "BootNotification"
    case diagnosticsStatusNotification = "DiagnosticsStatusNotification"
    case firmwareStatusNotification = "FirmwareStatusNotification"
    case heartbeat = "Heartbeat"
    case meterValues = "MeterValues"
    case statusNotification = "StatusNotification"
}
