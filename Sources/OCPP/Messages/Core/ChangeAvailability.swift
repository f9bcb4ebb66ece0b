/// The central system takes a connector, or with 0 the whole charge point, in or out of service (OCPP 1.6, 6.7).
public struct ChangeAvailabilityRequest: Request {
    /// The answer that belongs to it.
    public typealias Response = ChangeAvailabilityResponse
    /// What it is called on the wire.
    public static let action = Action.changeAvailability

    /// The connector, counted from 1; 0 is the whole charge point.
    public var connectorId: Int
    /// In or out of service.
    public var type: AvailabilityType

    /// Made of its properties.
    public init(connectorId: Int, type: AvailabilityType) {
        self.connectorId = connectorId
        self.type = type
    }
}

extension ChangeAvailabilityRequest {
    /// The rules of its properties.
    public static let rule = ObjectRule(
        "ChangeAvailability.req",
        [
            .required("connectorId", .integer(least: 0)),
            .required("type", .oneOf(AvailabilityType.self)),
        ])

    /// Taken from properties that passed the rules.
    public init(_ fields: Fields) throws(Violation) {
        connectorId = try fields.required("connectorId")
        type = try fields.required("type")
    }

    /// As JSON.
    public var json: JSONObject {
        var object = JSONObject()
        object.put("connectorId", connectorId)
        object.put("type", type)
        return object
    }
}

/// Whether the availability changes, at once or after the transaction.
public struct ChangeAvailabilityResponse: Payload {
    /// The outcome.
    public var status: AvailabilityStatus

    /// Made of its properties.
    public init(status: AvailabilityStatus) {
        self.status = status
    }
}

extension ChangeAvailabilityResponse {
    /// The rules of its properties.
    public static let rule = ObjectRule(
        "ChangeAvailability.conf",
        [
            .required("status", .oneOf(AvailabilityStatus.self))
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

/// In or out of service.
public enum AvailabilityType: String, Sendable, CaseIterable, FieldEnumeration {
    case inoperative = "Inoperative"
    case operative = "Operative"
}

/// Whether the availability changes; scheduled is after the transaction.
public enum AvailabilityStatus: String, Sendable, CaseIterable, FieldEnumeration {
    case accepted = "Accepted"
    case rejected = "Rejected"
    case scheduled = "Scheduled"
}
