/// The central system unlocks a connector (OCPP 1.6, 6.53).
public struct UnlockConnectorRequest: Request {
    /// The answer that belongs to it.
    public typealias Response = UnlockConnectorResponse
    /// What it is called on the wire.
    public static let action = Action.unlockConnector

    /// The connector, counted from 1.
    public var connectorId: Int

    /// Made of its properties.
    public init(connectorId: Int) {
        self.connectorId = connectorId
    }
}

extension UnlockConnectorRequest {
    /// The rules of its properties.
    public static let rule = ObjectRule(
        "UnlockConnector.req",
        [
            .required("connectorId", .integer(least: 0))
        ])

    /// Taken from properties that passed the rules.
    public init(_ fields: Fields) throws(Violation) {
        connectorId = try fields.required("connectorId")
    }

    /// As JSON.
    public var json: JSONObject {
        var object = JSONObject()
        object.put("connectorId", connectorId)
        return object
    }
}

/// Whether the connector is unlocked.
public struct UnlockConnectorResponse: Payload {
    /// The outcome.
    public var status: UnlockStatus

    /// Made of its properties.
    public init(status: UnlockStatus) {
        self.status = status
    }
}

extension UnlockConnectorResponse {
    /// The rules of its properties.
    public static let rule = ObjectRule(
        "UnlockConnector.conf",
        [
            .required("status", .oneOf(UnlockStatus.self))
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

/// Whether a connector is unlocked.
public enum UnlockStatus: String, Sendable, CaseIterable, FieldEnumeration {
    case unlocked = "Unlocked"
    case unlockFailed = "UnlockFailed"
    case notSupported = "NotSupported"
}
