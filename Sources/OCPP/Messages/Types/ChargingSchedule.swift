/// Limits over time (OCPP 1.6, chapter 7).
public struct ChargingSchedule: Payload {
    /// The length in seconds.
    public var duration: Int?
    /// When it begins; profiles that are relative have none.
    public var startSchedule: Timestamp?
    /// Whether limits are amperes per phase or watts altogether.
    public var chargingRateUnit: ChargingRateUnit
    /// The periods, ordered by their start.
    public var chargingSchedulePeriod: [ChargingSchedulePeriod]
    /// Below this the car charges badly, in the schedule's unit.
    public var minChargingRate: Tenths?

    /// Made of its properties.
    public init(
        duration: Int? = nil, startSchedule: Timestamp? = nil, chargingRateUnit: ChargingRateUnit,
        chargingSchedulePeriod: [ChargingSchedulePeriod], minChargingRate: Tenths? = nil
    ) {
        self.duration = duration
        self.startSchedule = startSchedule
        self.chargingRateUnit = chargingRateUnit
        self.chargingSchedulePeriod = chargingSchedulePeriod
        self.minChargingRate = minChargingRate
    }
}

extension ChargingSchedule {
    /// The rules of its properties.
    public static let rule = ObjectRule(
        "ChargingSchedule",
        [
            .optional("duration", .integer(least: 0)),
            .optional("startSchedule", .timestamp),
            .required("chargingRateUnit", .oneOf(ChargingRateUnit.self)),
            .required("chargingSchedulePeriod", .list(.object(ChargingSchedulePeriod.self), least: 1)),
            .optional("minChargingRate", .tenths),
        ])

    /// Taken from properties that passed the rules.
    public init(_ fields: Fields) throws(Violation) {
        duration = try fields.optional("duration")
        startSchedule = try fields.optional("startSchedule")
        chargingRateUnit = try fields.required("chargingRateUnit")
        chargingSchedulePeriod = try fields.required("chargingSchedulePeriod")
        minChargingRate = try fields.optional("minChargingRate")
    }

    /// As JSON.
    public var json: JSONObject {
        var object = JSONObject()
        object.put("duration", duration)
        object.put("startSchedule", startSchedule)
        object.put("chargingRateUnit", chargingRateUnit)
        object.put("chargingSchedulePeriod", chargingSchedulePeriod)
        object.put("minChargingRate", minChargingRate)
        return object
    }
}
