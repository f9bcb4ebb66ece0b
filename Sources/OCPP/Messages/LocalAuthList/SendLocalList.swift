/// The central system sends the local authorisation list or changes to it (OCPP 1.6, 6.41).
public struct SendLocalListRequest: Request {
    /// The answer that belongs to it.
    public typealias Response = SendLocalListResponse
    /// What it is called on the wire.
    public static let action = Action.sendLocalList

    /// The version of the list; 0 is an empty one, -1 says that lists are not supported.
    public var listVersion: Int
    /// The entries; empty if missing.
    public var localAuthorizationList: [AuthorizationEntry]?
    /// Whether the list is replaced or changed.
    public var updateType: UpdateType

    /// Made of its properties.
    public init(listVersion: Int, localAuthorizationList: [AuthorizationEntry]? = nil, updateType: UpdateType) {
        self.listVersion = listVersion
        self.localAuthorizationList = localAuthorizationList
        self.updateType = updateType
    }
}

extension SendLocalListRequest {
    /// The rules of its properties.
    public static let rule = ObjectRule(
        "SendLocalList.req",
        [
            .required("listVersion", .integer(least: nil)),
            .optional("localAuthorizationList", .list(.object(AuthorizationEntry.self), least: 0)),
            .required("updateType", .oneOf(UpdateType.self)),
        ])

    /// Taken from properties that passed the rules.
    public init(_ fields: Fields) throws(Violation) {
        listVersion = try fields.required("listVersion")
        localAuthorizationList = try fields.optional("localAuthorizationList")
        updateType = try fields.required("updateType")
    }

    /// As JSON.
    public var json: JSONObject {
        var object = JSONObject()
        object.put("listVersion", listVersion)
        object.put("localAuthorizationList", localAuthorizationList)
        object.put("updateType", updateType)
        return object
    }
}

/// Whether the list was taken.
public struct SendLocalListResponse: Payload {
    /// The outcome.
    public var status: UpdateStatus

    /// Made of its properties.
    public init(status: UpdateStatus) {
        self.status = status
    }
}

extension SendLocalListResponse {
    /// The rules of its properties.
    public static let rule = ObjectRule(
        "SendLocalList.conf",
        [
            .required("status", .oneOf(UpdateStatus.self))
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

/// Whether a list is replaced or changed.
public enum UpdateType: String, Sendable, CaseIterable, FieldEnumeration {
    case differential = "Differential"
    case full = "Full"
}

/// Whether a list was taken, or why not.
public enum UpdateStatus: String, Sendable, CaseIterable, FieldEnumeration {
    case accepted = "Accepted"
    case failed = "Failed"
    case notSupported = "NotSupported"
    case versionMismatch = "VersionMismatch"
}
