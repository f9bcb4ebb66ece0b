/// The central system empties the authorisation cache (OCPP 1.6, 6.11).
public struct ClearCacheRequest: Request {
    /// The answer that belongs to it.
    public typealias Response = ClearCacheResponse
    /// What it is called on the wire.
    public static let action = Action.clearCache

    /// It has no properties.
    public init() {}
}

extension ClearCacheRequest {
    /// The rules of its properties.
    public static let rule = ObjectRule("ClearCache.req")

    /// Taken from properties that passed the rules.
    public init(_ fields: Fields) throws(Violation) {}

    /// As JSON.
    public var json: JSONObject { JSONObject() }
}

/// Whether the cache was emptied.
public struct ClearCacheResponse: Payload {
    /// The outcome.
    public var status: ClearCacheStatus

    /// Made of its properties.
    public init(status: ClearCacheStatus) {
        self.status = status
    }
}

extension ClearCacheResponse {
    /// The rules of its properties.
    public static let rule = ObjectRule(
        "ClearCache.conf",
        [
            .required("status", .oneOf(ClearCacheStatus.self))
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

/// Whether the cache was emptied.
public enum ClearCacheStatus: String, Sendable, CaseIterable, FieldEnumeration {
    case accepted = "Accepted"
    case rejected = "Rejected"
}
