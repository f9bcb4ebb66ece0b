/// Limits over time, with what they are for and when they count (OCPP 1.6, chapter 7).
public struct ChargingProfile: Payload {
    /// The profile's id.
    public var chargingProfileId: Int
    /// The transaction's id, given by the central system.
    public var transactionId: Int?
    /// Among profiles of one purpose the highest level wins.
    public var stackLevel: Int
    /// What the profile is for.
    public var chargingProfilePurpose: ChargingProfilePurpose
    /// What the schedule's times count from.
    public var chargingProfileKind: ChargingProfileKind
    /// How often the schedule begins again.
    public var recurrencyKind: RecurrencyKind?
    /// Not valid before.
    public var validFrom: Timestamp?
    /// Not valid from then on.
    public var validTo: Timestamp?
    /// The limits over time.
    public var chargingSchedule: ChargingSchedule

    /// Made of its properties.
    public init(
        chargingProfileId: Int, transactionId: Int? = nil, stackLevel: Int,
        chargingProfilePurpose: ChargingProfilePurpose, chargingProfileKind: ChargingProfileKind,
        recurrencyKind: RecurrencyKind? = nil, validFrom: Timestamp? = nil, validTo: Timestamp? = nil,
        chargingSchedule: ChargingSchedule
    ) {
        self.chargingProfileId = chargingProfileId
        self.transactionId = transactionId
        self.stackLevel = stackLevel
        self.chargingProfilePurpose = chargingProfilePurpose
        self.chargingProfileKind = chargingProfileKind
        self.recurrencyKind = recurrencyKind
        self.validFrom = validFrom
        self.validTo = validTo
        self.chargingSchedule = chargingSchedule
    }
}

extension ChargingProfile {
    /// The rules of its properties.
    public static let rule = ObjectRule(
        "ChargingProfile",
        [
            .required("chargingProfileId", .integer(least: nil)),
            .optional("transactionId", .integer(least: nil)),
            .required("stackLevel", .integer(least: 0)),
            .required("chargingProfilePurpose", .oneOf(ChargingProfilePurpose.self)),
            .required("chargingProfileKind", .oneOf(ChargingProfileKind.self)),
            .optional("recurrencyKind", .oneOf(RecurrencyKind.self)),
            .optional("validFrom", .timestamp),
            .optional("validTo", .timestamp),
            .required("chargingSchedule", .object(ChargingSchedule.self)),
        ])

    /// Taken from properties that passed the rules.
    public init(_ fields: Fields) throws(Violation) {
        chargingProfileId = try fields.required("chargingProfileId")
        transactionId = try fields.optional("transactionId")
        stackLevel = try fields.required("stackLevel")
        chargingProfilePurpose = try fields.required("chargingProfilePurpose")
        chargingProfileKind = try fields.required("chargingProfileKind")
        recurrencyKind = try fields.optional("recurrencyKind")
        validFrom = try fields.optional("validFrom")
        validTo = try fields.optional("validTo")
        chargingSchedule = try fields.required("chargingSchedule")
    }

    /// As JSON.
    public var json: JSONObject {
        var object = JSONObject()
        object.put("chargingProfileId", chargingProfileId)
        object.put("transactionId", transactionId)
        object.put("stackLevel", stackLevel)
        object.put("chargingProfilePurpose", chargingProfilePurpose)
        object.put("chargingProfileKind", chargingProfileKind)
        object.put("recurrencyKind", recurrencyKind)
        object.put("validFrom", validFrom)
        object.put("validTo", validTo)
        object.put("chargingSchedule", chargingSchedule)
        return object
    }
}

/// What the times of a schedule count from.
public enum ChargingProfileKind: String, Sendable, CaseIterable, FieldEnumeration {
    case absolute = "Absolute"
    case recurring = "Recurring"
    case relative = "Relative"
}

/// How often a schedule begins again.
public enum RecurrencyKind: String, Sendable, CaseIterable, FieldEnumeration {
    case daily = "Daily"
    case weekly = "Weekly"
}
