/// The central system asks for a transaction (OCPP 1.6, 6.33).
public struct RemoteStartTransactionRequest: Request {
    /// The answer that belongs to it.
    public typealias Response = RemoteStartTransactionResponse
    /// What it is called on the wire.
    public static let action = Action.remoteStartTransaction

    /// The connector, counted from 1; 0 is the whole charge point.
    public var connectorId: Int?
    /// The card's id, at most 20 characters.
    public var idTag: String
    /// Limits for the transaction; the purpose must be `TxProfile`.
    public var chargingProfile: ChargingProfile?

    /// Made of its properties.
    public init(connectorId: Int? = nil, idTag: String, chargingProfile: ChargingProfile? = nil) {
        self.connectorId = connectorId
        self.idTag = idTag
        self.chargingProfile = chargingProfile
    }
}

extension RemoteStartTransactionRequest {
    /// The rules of its properties.
    public static let rule = ObjectRule(
        "RemoteStartTransaction.req",
        [
            .optional("connectorId", .integer(least: 0)),
            .required("idTag", .text(maximum: 20)),
            .optional("chargingProfile", .object(ChargingProfile.self)),
        ])

    /// Taken from properties that passed the rules.
    public init(_ fields: Fields) throws(Violation) {
        connectorId = try fields.optional("connectorId")
        idTag = try fields.required("idTag")
        chargingProfile = try fields.optional("chargingProfile")
    }

    /// As JSON.
    public var json: JSONObject {
        var object = JSONObject()
        object.put("connectorId", connectorId)
        object.put("idTag", idTag)
        object.put("chargingProfile", chargingProfile)
        return object
    }
}

/// Whether the charge point will try.
public struct RemoteStartTransactionResponse: Payload {
    /// The outcome.
    public var status: RemoteStartStopStatus

    /// Made of its properties.
    public init(status: RemoteStartStopStatus) {
        self.status = status
    }
}

extension RemoteStartTransactionResponse {
    /// The rules of its properties.
    public static let rule = ObjectRule(
        "RemoteStartTransaction.conf",
        [
            .required("status", .oneOf(RemoteStartStopStatus.self))
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
