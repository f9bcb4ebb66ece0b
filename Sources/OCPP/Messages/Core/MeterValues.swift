/// The charge point sends meter values, of a transaction or of the clock (OCPP 1.6, 6.31).
public struct MeterValuesRequest: Request {
    /// The answer that belongs to it.
    public typealias Response = MeterValuesResponse
    /// What it is called on the wire.
    public static let action = Action.meterValues

    /// The connector, counted from 1; 0 is the whole charge point.
    public var connectorId: Int
    /// The transaction's id, given by the central system.
    public var transactionId: Int?
    /// What was measured, moment by moment.
    public var meterValue: [MeterValue]

    /// Made of its properties.
    public init(connectorId: Int, transactionId: Int? = nil, meterValue: [MeterValue]) {
        self.connectorId = connectorId
        self.transactionId = transactionId
        self.meterValue = meterValue
    }
}

extension MeterValuesRequest {
    /// The rules of its properties.
    public static let rule = ObjectRule(
        "MeterValues.req",
        [
            .required("connectorId", .integer(least: 0)),
            .optional("transactionId", .integer(least: nil)),
            .required("meterValue", .list(.object(MeterValue.self), least: 1)),
        ])

    /// Taken from properties that passed the rules.
    public init(_ fields: Fields) throws(Violation) {
        connectorId = try fields.required("connectorId")
        transactionId = try fields.optional("transactionId")
        meterValue = try fields.required("meterValue")
    }

    /// As JSON.
    public var json: JSONObject {
        var object = JSONObject()
        object.put("connectorId", connectorId)
        object.put("transactionId", transactionId)
        object.put("meterValue", meterValue)
        return object
    }
}

/// The central system has taken note.
public struct MeterValuesResponse: Payload {
    /// It has no properties.
    public init() {}
}

extension MeterValuesResponse {
    /// The rules of its properties.
    public static let rule = ObjectRule("MeterValues.conf")

    /// Taken from properties that passed the rules.
    public init(_ fields: Fields) throws(Violation) {}

    /// As JSON.
    public var json: JSONObject { JSONObject() }
}
