/// The charge point tells that a transaction has ended (OCPP 1.6, 6.49).
public struct StopTransactionRequest: Request {
    /// The answer that belongs to it.
    public typealias Response = StopTransactionResponse
    /// What it is called on the wire.
    public static let action = Action.stopTransaction

    /// The id of the card that stopped it, at most 20 characters.
    public var idTag: String?
    /// The meter's reading at the end, in Wh.
    public var meterStop: Int
    /// When it was.
    public var timestamp: Timestamp
    /// The transaction's id, given by the central system.
    public var transactionId: Int
    /// Why it ended; `Local` if missing.
    public var reason: StopReason?
    /// Meter values for the bill.
    public var transactionData: [MeterValue]?

    /// Made of its properties.
    public init(
        idTag: String? = nil, meterStop: Int, timestamp: Timestamp, transactionId: Int, reason: StopReason? = nil,
        transactionData: [MeterValue]? = nil
    ) {
        self.idTag = idTag
        self.meterStop = meterStop
        self.timestamp = timestamp
        self.transactionId = transactionId
        self.reason = reason
        self.transactionData = transactionData
    }
}

extension StopTransactionRequest {
    /// The rules of its properties.
    public static let rule = ObjectRule(
        "StopTransaction.req",
        [
            .optional("idTag", .text(maximum: 20)),
            .required("meterStop", .integer(least: nil)),
            .required("timestamp", .timestamp),
            .required("transactionId", .integer(least: nil)),
            .optional("reason", .oneOf(StopReason.self)),
            .optional("transactionData", .list(.object(MeterValue.self), least: 0)),
        ])

    /// Taken from properties that passed the rules.
    public init(_ fields: Fields) throws(Violation) {
        idTag = try fields.optional("idTag")
        meterStop = try fields.required("meterStop")
        timestamp = try fields.required("timestamp")
        transactionId = try fields.required("transactionId")
        reason = try fields.optional("reason")
        transactionData = try fields.optional("transactionData")
    }

    /// As JSON.
    public var json: JSONObject {
        var object = JSONObject()
        object.put("idTag", idTag)
        object.put("meterStop", meterStop)
        object.put("timestamp", timestamp)
        object.put("transactionId", transactionId)
        object.put("reason", reason)
        object.put("transactionData", transactionData)
        return object
    }
}

/// What the central system says about the card.
public struct StopTransactionResponse: Payload {
    /// What the central system says about the card.
    public var idTagInfo: IdTagInfo?

    /// Made of its properties.
    public init(idTagInfo: IdTagInfo? = nil) {
        self.idTagInfo = idTagInfo
    }
}

extension StopTransactionResponse {
    /// The rules of its properties.
    public static let rule = ObjectRule(
        "StopTransaction.conf",
        [
            .optional("idTagInfo", .object(IdTagInfo.self))
        ])

    /// Taken from properties that passed the rules.
    public init(_ fields: Fields) throws(Violation) {
        idTagInfo = try fields.optional("idTagInfo")
    }

    /// As JSON.
    public var json: JSONObject {
        var object = JSONObject()
        object.put("idTagInfo", idTagInfo)
        return object
    }
}

/// Why a transaction ended.
public enum StopReason: String, Sendable, CaseIterable, FieldEnumeration {
    case emergencyStop = "EmergencyStop"
    case evDisconnected = "EVDisconnected"
    case hardReset = "HardReset"
    case local = "Local"
    case other = "Other"
    case powerLoss = "PowerLoss"
    case reboot = "Reboot"
    case remote = "Remote"
    case softReset = "SoftReset"
    case unlockCommand = "UnlockCommand"
    case deAuthorized = "DeAuthorized"
}
