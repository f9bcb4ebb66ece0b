/// The central system asks for the end of a transaction (OCPP 1.6, 6.35).
public struct RemoteStopTransactionRequest: Request {
    /// The answer that belongs to it.
    public typealias Response = RemoteStopTransactionResponse
    /// What it is called on the wire.
    public static let action = Action.remoteStopTransaction

    /// The transaction's id, given by the central system.
    public var transactionId: Int

    /// Made of its properties.
    public init(transactionId: Int) {
        self.transactionId = transactionId
    }
}

extension RemoteStopTransactionRequest {
    /// The rules of its properties.
    public static let rule = ObjectRule(
        "RemoteStopTransaction.req",
        [
            .required("transactionId", .integer(least: nil))
        ])

    /// Taken from properties that passed the rules.
    public init(_ fields: Fields) throws(Violation) {
        transactionId = try fields.required("transactionId")
    }

    /// As JSON.
    public var json: JSONObject {
        var object = JSONObject()
        object.put("transactionId", transactionId)
        return object
    }
}

/// Whether the charge point will try.
public struct RemoteStopTransactionResponse: Payload {
    /// The outcome.
    public var status: RemoteStartStopStatus

    /// Made of its properties.
    public init(status: RemoteStartStopStatus) {
        self.status = status
    }
}

extension RemoteStopTransactionResponse {
    /// The rules of its properties.
    public static let rule = ObjectRule(
        "RemoteStopTransaction.conf",
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
