/// One limit, until the next period begins (OCPP 1.6, chapter 7).
public struct ChargingSchedulePeriod: Payload {
    /// Seconds from the beginning of the schedule.
    public var startPeriod: Int
    /// The limit, in the schedule's unit.
    public var limit: Tenths
    /// How many phases may be used; 3 if missing.
    public var numberPhases: Int?

    /// Made of its properties.
    public init(startPeriod: Int, limit: Tenths, numberPhases: Int? = nil) {
        self.startPeriod = startPeriod
        self.limit = limit
        self.numberPhases = numberPhases
    }
}

extension ChargingSchedulePeriod {
    /// The rules of its properties.
    public static let rule = ObjectRule(
        "ChargingSchedulePeriod",
        [
            .required("startPeriod", .integer(least: 0)),
            .required("limit", .tenths),
            .optional("numberPhases", .integer(least: nil)),
        ])

    /// Taken from properties that passed the rules.
    public init(_ fields: Fields) throws(Violation) {
        startPeriod = try fields.required("startPeriod")
        limit = try fields.required("limit")
        numberPhases = try fields.optional("numberPhases")
    }

    /// As JSON.
    public var json: JSONObject {
        var object = JSONObject()
        object.put("startPeriod", startPeriod)
        object.put("limit", limit)
        object.put("numberPhases", numberPhases)
        return object
    }
}
