/// The central system asks for the limits that all profiles together give (OCPP 1.6, 6.21).
public struct GetCompositeScheduleRequest: Request {
    /// The answer that belongs to it.
    public typealias Response = GetCompositeScheduleResponse
    /// What it is called on the wire.
    public static let action = Action.getCompositeSchedule

    /// The connector, counted from 1; 0 is the whole charge point.
    public var connectorId: Int
    /// The length in seconds.
    public var duration: Int
    /// The unit of the answer; the charge point's choice if missing.
    public var chargingRateUnit: ChargingRateUnit?

    /// Made of its properties.
    public init(connectorId: Int, duration: Int, chargingRateUnit: ChargingRateUnit? = nil) {
        self.connectorId = connectorId
        self.duration = duration
        self.chargingRateUnit = chargingRateUnit
    }
}

extension GetCompositeScheduleRequest {
    /// The rules of its properties.
    public static let rule = ObjectRule(
        "GetCompositeSchedule.req",
        [
            .required("connectorId", .integer(least: 0)),
            .required("duration", .integer(least: 0)),
            .optional("chargingRateUnit", .oneOf(ChargingRateUnit.self)),
        ])

    /// Taken from properties that passed the rules.
    public init(_ fields: Fields) throws(Violation) {
        connectorId = try fields.required("connectorId")
        duration = try fields.required("duration")
        chargingRateUnit = try fields.optional("chargingRateUnit")
    }

    /// As JSON.
    public var json: JSONObject {
        var object = JSONObject()
        object.put("connectorId", connectorId)
        object.put("duration", duration)
        object.put("chargingRateUnit", chargingRateUnit)
        return object
    }
}

/// The schedule that is expected.
public struct GetCompositeScheduleResponse: Payload {
    /// The outcome.
    public var status: GetCompositeScheduleStatus
    /// The connector, counted from 1; 0 is the whole charge point.
    public var connectorId: Int?
    /// When the schedule begins.
    public var scheduleStart: Timestamp?
    /// The limits over time.
    public var chargingSchedule: ChargingSchedule?

    /// Made of its properties.
    public init(
        status: GetCompositeScheduleStatus, connectorId: Int? = nil, scheduleStart: Timestamp? = nil,
        chargingSchedule: ChargingSchedule? = nil
    ) {
        self.status = status
        self.connectorId = connectorId
        self.scheduleStart = scheduleStart
        self.chargingSchedule = chargingSchedule
    }
}

extension GetCompositeScheduleResponse {
    /// The rules of its properties.
    public static let rule = ObjectRule(
        "GetCompositeSchedule.conf",
        [
            .required("status", .oneOf(GetCompositeScheduleStatus.self)),
            .optional("connectorId", .integer(least: 0)),
            .optional("scheduleStart", .timestamp),
            .optional("chargingSchedule", .object(ChargingSchedule.self)),
        ])

    /// Taken from properties that passed the rules.
    public init(_ fields: Fields) throws(Violation) {
        status = try fields.required("status")
        connectorId = try fields.optional("connectorId")
        scheduleStart = try fields.optional("scheduleStart")
        chargingSchedule = try fields.optional("chargingSchedule")
    }

    /// As JSON.
    public var json: JSONObject {
        var object = JSONObject()
        object.put("status", status)
        object.put("connectorId", connectorId)
        object.put("scheduleStart", scheduleStart)
        object.put("chargingSchedule", chargingSchedule)
        return object
    }
}

/// Whether there is a schedule.
public enum GetCompositeScheduleStatus: String, Sendable, CaseIterable, FieldEnumeration {
    case accepted = "Accepted"
    case rejected = "Rejected"
}
