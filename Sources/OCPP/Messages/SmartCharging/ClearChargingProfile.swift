/// The central system removes the profile with an id, or all that match every property given (OCPP 1.6, 6.13).
public struct ClearChargingProfileRequest: Request {
    /// The answer that belongs to it.
    public typealias Response = ClearChargingProfileResponse
    /// What it is called on the wire.
    public static let action = Action.clearChargingProfile

    /// The id of the profile.
    public var id: Int?
    /// The connector; 0 is the whole charge point.
    public var connectorId: Int?
    /// What the profile is for.
    public var chargingProfilePurpose: ChargingProfilePurpose?
    /// Among profiles of one purpose the highest level wins.
    public var stackLevel: Int?

    /// Made of its properties.
    public init(
        id: Int? = nil, connectorId: Int? = nil, chargingProfilePurpose: ChargingProfilePurpose? = nil,
        stackLevel: Int? = nil
    ) {
        self.id = id
        self.connectorId = connectorId
        self.chargingProfilePurpose = chargingProfilePurpose
        self.stackLevel = stackLevel
    }
}

extension ClearChargingProfileRequest {
    /// The rules of its properties.
    public static let rule = ObjectRule(
        "ClearChargingProfile.req",
        [
            .optional("id", .integer(least: nil)),
            .optional("connectorId", .integer(least: 0)),
            .optional("chargingProfilePurpose", .oneOf(ChargingProfilePurpose.self)),
            .optional("stackLevel", .integer(least: 0)),
        ])

    /// Taken from properties that passed the rules.
    public init(_ fields: Fields) throws(Violation) {
        id = try fields.optional("id")
        connectorId = try fields.optional("connectorId")
        chargingProfilePurpose = try fields.optional("chargingProfilePurpose")
        stackLevel = try fields.optional("stackLevel")
    }

    /// As JSON.
    public var json: JSONObject {
        var object = JSONObject()
        object.put("id", id)
        object.put("connectorId", connectorId)
        object.put("chargingProfilePurpose", chargingProfilePurpose)
        object.put("stackLevel", stackLevel)
        return object
    }
}

/// Whether a profile matched.
public struct ClearChargingProfileResponse: Payload {
    /// The outcome.
    public var status: ClearChargingProfileStatus

    /// Made of its properties.
    public init(status: ClearChargingProfileStatus) {
        self.status = status
    }
}

extension ClearChargingProfileResponse {
    /// The rules of its properties.
    public static let rule = ObjectRule(
        "ClearChargingProfile.conf",
        [
            .required("status", .oneOf(ClearChargingProfileStatus.self))
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

/// Whether a profile matched.
public enum ClearChargingProfileStatus: String, Sendable, CaseIterable, FieldEnumeration {
    case accepted = "Accepted"
    case unknown = "Unknown"
}
