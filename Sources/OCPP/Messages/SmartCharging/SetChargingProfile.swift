/// The central system sets a charging profile (OCPP 1.6, 6.43).
public struct SetChargingProfileRequest: Request {
    /// The answer that belongs to it.
    public typealias Response = SetChargingProfileResponse
    /// What it is called on the wire.
    public static let action = Action.setChargingProfile

    /// The connector, counted from 1; 0 is the whole charge point.
    public var connectorId: Int
    /// The profile.
    public var csChargingProfiles: ChargingProfile

    /// Made of its properties.
    public init(connectorId: Int, csChargingProfiles: ChargingProfile) {
        self.connectorId = connectorId
        self.csChargingProfiles = csChargingProfiles
    }
}

extension SetChargingProfileRequest {
    /// The rules of its properties.
    public static let rule = ObjectRule(
        "SetChargingProfile.req",
        [
            .required("connectorId", .integer(least: 0)),
            .required("csChargingProfiles", .object(ChargingProfile.self)),
        ])

    /// Taken from properties that passed the rules.
    public init(_ fields: Fields) throws(Violation) {
        connectorId = try fields.required("connectorId")
        csChargingProfiles = try fields.required("csChargingProfiles")
    }

    /// As JSON.
    public var json: JSONObject {
        var object = JSONObject()
        object.put("connectorId", connectorId)
        object.put("csChargingProfiles", csChargingProfiles)
        return object
    }
}

/// Whether the profile was taken.
public struct SetChargingProfileResponse: Payload {
    /// The outcome.
    public var status: ChargingProfileStatus

    /// Made of its properties.
    public init(status: ChargingProfileStatus) {
        self.status = status
    }
}

extension SetChargingProfileResponse {
    /// The rules of its properties.
    public static let rule = ObjectRule(
        "SetChargingProfile.conf",
        [
            .required("status", .oneOf(ChargingProfileStatus.self))
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

/// Whether a profile was taken.
public enum ChargingProfileStatus: String, Sendable, CaseIterable, FieldEnumeration {
    case accepted = "Accepted"
    case rejected = "Rejected"
    case notSupported = "NotSupported"
}
