/// What the central system says about a card (OCPP 1.6, chapter 7).
public struct IdTagInfo: Payload {
    /// When the entry ends.
    public var expiryDate: Timestamp?
    /// The id that the cards of one group share, at most 20 characters.
    public var parentIdTag: String?
    /// Whether the card may charge.
    public var status: AuthorizationStatus

    /// Made of its properties.
    public init(expiryDate: Timestamp? = nil, parentIdTag: String? = nil, status: AuthorizationStatus) {
        self.expiryDate = expiryDate
        self.parentIdTag = parentIdTag
        self.status = status
    }
}

extension IdTagInfo {
    /// The rules of its properties.
    public static let rule = ObjectRule(
        "IdTagInfo",
        [
            .optional("expiryDate", .timestamp),
            .optional("parentIdTag", .text(maximum: 20)),
            .required("status", .oneOf(AuthorizationStatus.self)),
        ])

    /// Taken from properties that passed the rules.
    public init(_ fields: Fields) throws(Violation) {
        expiryDate = try fields.optional("expiryDate")
        parentIdTag = try fields.optional("parentIdTag")
        status = try fields.required("status")
    }

    /// As JSON.
    public var json: JSONObject {
        var object = JSONObject()
        object.put("expiryDate", expiryDate)
        object.put("parentIdTag", parentIdTag)
        object.put("status", status)
        return object
    }
}

/// What the central system says about a card.
public enum AuthorizationStatus: String, Sendable, CaseIterable, FieldEnumeration {
    case accepted = "Accepted"
    case blocked = "Blocked"
    case expired = "Expired"
    case invalid = "Invalid"
    case concurrentTx = "ConcurrentTx"
}
