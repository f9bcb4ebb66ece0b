/// What was measured at one moment (OCPP 1.6, chapter 7).
public struct MeterValue: Payload {
    /// When it was.
    public var timestamp: Timestamp
    /// What was measured then.
    public var sampledValue: [SampledValue]

    /// Made of its properties.
    public init(timestamp: Timestamp, sampledValue: [SampledValue]) {
        self.timestamp = timestamp
        self.sampledValue = sampledValue
    }
}

extension MeterValue {
    /// The rules of its properties.
    public static let rule = ObjectRule(
        "MeterValue",
        [
            .required("timestamp", .timestamp),
            .required("sampledValue", .list(.object(SampledValue.self), least: 1)),
        ])

    /// Taken from properties that passed the rules.
    public init(_ fields: Fields) throws(Violation) {
        timestamp = try fields.required("timestamp")
        sampledValue = try fields.required("sampledValue")
    }

    /// As JSON.
    public var json: JSONObject {
        var object = JSONObject()
        object.put("timestamp", timestamp)
        object.put("sampledValue", sampledValue)
        return object
    }
}
