/// Either side sends something that the standard does not know (OCPP 1.6, 6.15).
public struct DataTransferRequest: Request {
    /// The answer that belongs to it.
    public typealias Response = DataTransferResponse
    /// What it is called on the wire.
    public static let action = Action.dataTransfer

    /// The vendor's name, best a reversed domain, at most 255 characters.
    public var vendorId: String
    /// Which of the vendor's messages it is, at most 50 characters.
    public var messageId: String?
    /// What is sent, as text.
    public var data: String?

    /// Made of its properties.
    public init(vendorId: String, messageId: String? = nil, data: String? = nil) {
        self.vendorId = vendorId
        self.messageId = messageId
        self.data = data
    }
}

extension DataTransferRequest {
    /// The rules of its properties.
    public static let rule = ObjectRule(
        "DataTransfer.req",
        [
            .required("vendorId", .text(maximum: 255)),
            .optional("messageId", .text(maximum: 50)),
            .optional("data", .text(maximum: nil)),
        ])

    /// Taken from properties that passed the rules.
    public init(_ fields: Fields) throws(Violation) {
        vendorId = try fields.required("vendorId")
        messageId = try fields.optional("messageId")
        data = try fields.optional("data")
    }

    /// As JSON.
    public var json: JSONObject {
        var object = JSONObject()
        object.put("vendorId", vendorId)
        object.put("messageId", messageId)
        object.put("data", data)
        return object
    }
}

/// What the vendor of the other side makes of it.
public struct DataTransferResponse: Payload {
    /// The outcome.
    public var status: DataTransferStatus
    /// What is answered, as text.
    public var data: String?

    /// Made of its properties.
    public init(status: DataTransferStatus, data: String? = nil) {
        self.status = status
        self.data = data
    }
}

extension DataTransferResponse {
    /// The rules of its properties.
    public static let rule = ObjectRule(
        "DataTransfer.conf",
        [
            .required("status", .oneOf(DataTransferStatus.self)),
            .optional("data", .text(maximum: nil)),
        ])

    /// Taken from properties that passed the rules.
    public init(_ fields: Fields) throws(Violation) {
        status = try fields.required("status")
        data = try fields.optional("data")
    }

    /// As JSON.
    public var json: JSONObject {
        var object = JSONObject()
        object.put("status", status)
        object.put("data", data)
        return object
    }
}

/// What the vendor of the other side makes of a data transfer.
public enum DataTransferStatus: String, Sendable, CaseIterable, FieldEnumeration {
    case accepted = "Accepted"
    case rejected = "Rejected"
    case unknownMessageId = "UnknownMessageId"
    case unknownVendorId = "UnknownVendorId"
}
