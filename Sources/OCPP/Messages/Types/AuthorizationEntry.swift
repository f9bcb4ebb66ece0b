/// One entry of the local authorisation list (OCPP 1.6, chapter 7).
public struct AuthorizationEntry: Payload {
    /// The card's id, at most 20 characters.
    public var idTag: String
    /// What is known of the card; in a change, nothing removes it.
    public var idTagInfo: IdTagInfo?

    /// Made of its properties.
    public init(idTag: String, idTagInfo: IdTagInfo? = nil) {
        self.idTag = idTag
        self.idTagInfo = idTagInfo
    }
}

extension AuthorizationEntry {
    /// The rules of its properties.
    public static let rule = ObjectRule(
        "AuthorizationData",
        [
            .required("idTag", .text(maximum: 20)),
            .optional("idTagInfo", .object(IdTagInfo.self)),
        ])

    /// Taken from properties that passed the rules.
    public init(_ fields: Fields) throws(Violation) {
        idTag = try fields.required("idTag")
        idTagInfo = try fields.optional("idTagInfo")
    }

    /// As JSON.
    public var json: JSONObject {
        var object = JSONObject()
        object.put("idTag", idTag)
        object.put("idTagInfo", idTagInfo)
        return object
    }
}
