/// The charge point asks whether a card may charge or stop charging (OCPP 1.6, 6.1).
public struct AuthorizeRequest: Request {
    /// The answer that belongs to it.
    public typealias Response = AuthorizeResponse
    /// What it is called on the wire.
    public static let action = Action.authorize

    /// The card's id, at most 20 characters.
    public var idTag: String

    /// Made of its properties.
    public init(idTag: String) {
        self.idTag = idTag
    }
}

extension AuthorizeRequest {
    /// The rules of its properties.
    public static let rule = ObjectRule(
        "Authorize.req",
        [
            .required("idTag", .text(maximum: 20))
        ])

    /// Taken from properties that passed the rules.
    public init(_ fields: Fields) throws(Violation) {
        idTag = try fields.required("idTag")
    }

    /// As JSON.
    public var json: JSONObject {
        var object = JSONObject()
        object.put("idTag", idTag)
        return object
    }
}

/// Whether the card may charge.
public struct AuthorizeResponse: Payload {
    /// What the central system says about the card.
    public var idTagInfo: IdTagInfo

    /// Made of its properties.
    public init(idTagInfo: IdTagInfo) {
        self.idTagInfo = idTagInfo
    }
}

extension AuthorizeResponse {
    /// The rules of its properties.
    public static let rule = ObjectRule(
        "Authorize.conf",
        [
            .required("idTagInfo", .object(IdTagInfo.self))
        ])

    /// Taken from properties that passed the rules.
    public init(_ fields: Fields) throws(Violation) {
        idTagInfo = try fields.required("idTagInfo")
    }

    /// As JSON.
    public var json: JSONObject {
        var object = JSONObject()
        object.put("idTagInfo", idTagInfo)
        return object
    }
}
