/// The charge point tells that a transaction has begun (OCPP 1.6, 6.45).
public struct StartTransactionRequest: Request {
    /// The answer that belongs to it.
    public typealias Response = StartTransactionResponse
    /// What it is called on the wire.
    public static let action = Action.startTransaction

    /// The connector, counted from 1.
    public var connectorId: Int
    /// The card's id, at most 20 characters.
    public var idTag: String
    /// The meter's reading at the beginning, in Wh.
    public var meterStart: Int
    /// The reservation that this transaction uses up.
    public var reservationId: Int?
    /// When it was.
    public var timestamp: Timestamp

    /// Made of its properties.
    public init(connectorId: Int, idTag: String, meterStart: Int, reservationId: Int? = nil, timestamp: Timestamp) {
        self.connectorId = connectorId
        self.idTag = idTag
        self.meterStart = meterStart
        self.reservationId = reservationId
        self.timestamp = timestamp
    }
}

extension StartTransactionRequest {
    /// The rules of its properties.
    public static let rule = ObjectRule(
        "StartTransaction.req",
        [
            .required("connectorId", .integer(least: 0)),
            .required("idTag", .text(maximum: 20)),
            .required("meterStart", .integer(least: nil)),
            .optional("reservationId", .integer(least: nil)),
            .required("timestamp", .timestamp),
        ])

    /// Taken from properties that passed the rules.
    public init(_ fields: Fields) throws(Violation) {
        connectorId = try fields.required("connectorId")
        idTag = try fields.required("idTag")
        meterStart = try fields.required("meterStart")
        reservationId = try fields.optional("reservationId")
        timestamp = try fields.required("timestamp")
    }

    /// As JSON.
    public var json: JSONObject {
        var object = JSONObject()
        object.put("connectorId", connectorId)
        object.put("idTag", idTag)
        object.put("meterStart", meterStart)
        object.put("reservationId", reservationId)
        object.put("timestamp", timestamp)
        return object
    }
}

/// The transaction's id, and whether the card may charge.
public struct StartTransactionResponse: Payload {
    /// What the central system says about the card.
    public var idTagInfo: IdTagInfo
    /// The transaction's id, given by the central system.
    public var transactionId: Int

    /// Made of its properties.
    public init(idTagInfo: IdTagInfo, transactionId: Int) {
        self.idTagInfo = idTagInfo
        self.transactionId = transactionId
    }
}

extension StartTransactionResponse {
    /// The rules of its properties.
    public static let rule = ObjectRule(
        "StartTransaction.conf",
        [
            .required("idTagInfo", .object(IdTagInfo.self)),
            .required("transactionId", .integer(least: nil)),
        ])

    /// Taken from properties that passed the rules.
    public init(_ fields: Fields) throws(Violation) {
        idTagInfo = try fields.required("idTagInfo")
        transactionId = try fields.required("transactionId")
    }

    /// As JSON.
    public var json: JSONObject {
        var object = JSONObject()
        object.put("idTagInfo", idTagInfo)
        object.put("transactionId", transactionId)
        return object
    }
}
