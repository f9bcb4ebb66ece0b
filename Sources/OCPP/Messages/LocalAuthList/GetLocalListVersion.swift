/// The central system asks for the version of the local authorisation list (OCPP 1.6, 6.27).
public struct GetLocalListVersionRequest: Request {
    /// The answer that belongs to it.
    public typealias Response = GetLocalListVersionResponse
    /// What it is called on the wire.
    public static let action = Action.getLocalListVersion

    /// It has no properties.
    public init() {}
}

extension GetLocalListVersionRequest {
    /// The rules of its properties.
    public static let rule = ObjectRule("GetLocalListVersion.req")

    /// Taken from properties that passed the rules.
    public init(_ fields: Fields) throws(Violation) {}

    /// As JSON.
    public var json: JSONObject { JSONObject() }
}

/// The version of the list.
public struct GetLocalListVersionResponse: Payload {
    /// The version of the list; 0 is an empty one, -1 says that lists are not supported.
    public var listVersion: Int

    /// Made of its properties.
    public init(listVersion: Int) {
        self.listVersion = listVersion
    }
}

extension GetLocalListVersionResponse {
    /// The rules of its properties.
    public static let rule = ObjectRule(
        "GetLocalListVersion.conf",
        [
            .required("listVersion", .integer(least: nil))
        ])

    /// Taken from properties that passed the rules.
    public init(_ fields: Fields) throws(Violation) {
        listVersion = try fields.required("listVersion")
    }

    /// As JSON.
    public var json: JSONObject {
        var object = JSONObject()
        object.put("listVersion", listVersion)
        return object
    }
}
