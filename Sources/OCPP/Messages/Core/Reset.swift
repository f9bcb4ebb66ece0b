/// The central system restarts the charge point (OCPP 1.6, 6.39).
public struct ResetRequest: Request {
    /// The answer that belongs to it.
    public typealias Response = ResetResponse
    /// What it is called on the wire.
    public static let action = Action.reset

    /// How to restart.
    public var type: ResetType

    /// Made of its properties.
    public init(type: ResetType) {
        self.type = type
    }
}

extension ResetRequest {
    /// The rules of its properties.
    public static let rule = ObjectRule(
        "Reset.req",
        [
            .required("type", .oneOf(ResetType.self))
        ])

    /// Taken from properties that passed the rules.
    public init(_ fields: Fields) throws(Violation) {
        type = try fields.required("type")
    }

    /// As JSON.
    public var json: JSONObject {
        var object = JSONObject()
        object.put("type", type)
        return object
    }
}

/// Whether the charge point restarts.
public struct ResetResponse: Payload {
    /// The outcome.
    public var status: ResetStatus

    /// Made of its properties.
    public init(status: ResetStatus) {
        self.status = status
    }
}

extension ResetResponse {
    /// The rules of its properties.
    public static let rule = ObjectRule(
        "Reset.conf",
        [
            .required("status", .oneOf(ResetStatus.self))
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

/// How to restart.
public enum ResetType: String, Sendable, CaseIterable, FieldEnumeration {
    case hard = "Hard"
    case soft = "Soft"
}

/// Whether the charge point restarts.
public enum ResetStatus: String, Sendable, CaseIterable, FieldEnumeration {
    case accepted = "Accepted"
    case rejected = "Rejected"
}
