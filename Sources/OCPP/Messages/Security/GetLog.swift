/// The central system asks for a log file to be uploaded (OCPP 1.6 security whitepaper, edition 2, chapter 5).
public struct GetLogRequest: Request {
    /// The answer that belongs to it.
    public typealias Response = GetLogResponse
    /// What it is called on the wire.
    public static let action = Action.getLog

    /// Which times are wanted, and where to put them.
    public var log: LogParameters
    /// Which log.
    public var logType: LogType
    /// The number of the request that this belongs to.
    public var requestId: Int
    /// How often to try again.
    public var retries: Int?
    /// Seconds between two tries.
    public var retryInterval: Int?

    /// Made of its properties.
    public init(log: LogParameters, logType: LogType, requestId: Int, retries: Int? = nil, retryInterval: Int? = nil) {
        self.log = log
        self.logType = logType
        self.requestId = requestId
        self.retries = retries
        self.retryInterval = retryInterval
    }
}

extension GetLogRequest {
    /// The rules of its properties.
    public static let rule = ObjectRule(
        "GetLog.req",
        [
            .required("log", .object(LogParameters.self)),
            .required("logType", .oneOf(LogType.self)),
            .required("requestId", .integer(least: nil)),
            .optional("retries", .integer(least: nil)),
            .optional("retryInterval", .integer(least: nil)),
        ])

    /// Taken from properties that passed the rules.
    public init(_ fields: Fields) throws(Violation) {
        log = try fields.required("log")
        logType = try fields.required("logType")
        requestId = try fields.required("requestId")
        retries = try fields.optional("retries")
        retryInterval = try fields.optional("retryInterval")
    }

    /// As JSON.
    public var json: JSONObject {
        var object = JSONObject()
        object.put("log", log)
        object.put("logType", logType)
        object.put("requestId", requestId)
        object.put("retries", retries)
        object.put("retryInterval", retryInterval)
        return object
    }
}

/// Whether a log will be uploaded, and under which name.
public struct GetLogResponse: Payload {
    /// The outcome.
    public var status: LogStatus
    /// The file's name, at most 255 characters.
    public var filename: String?

    /// Made of its properties.
    public init(status: LogStatus, filename: String? = nil) {
        self.status = status
        self.filename = filename
    }
}

extension GetLogResponse {
    /// The rules of its properties.
    public static let rule = ObjectRule(
        "GetLog.conf",
        [
            .required("status", .oneOf(LogStatus.self)),
            .optional("filename", .text(maximum: 255)),
        ])

    /// Taken from properties that passed the rules.
    public init(_ fields: Fields) throws(Violation) {
        status = try fields.required("status")
        filename = try fields.optional("filename")
    }

    /// As JSON.
    public var json: JSONObject {
        var object = JSONObject()
        object.put("status", status)
        object.put("filename", filename)
        return object
    }
}

/// Which log.
public enum LogType: String, Sendable, CaseIterable, FieldEnumeration {
    case diagnosticsLog = "DiagnosticsLog"
    case securityLog = "SecurityLog"
}

/// Whether a log will be uploaded.
public enum LogStatus: String, Sendable, CaseIterable, FieldEnumeration {
    case accepted = "Accepted"
    case rejected = "Rejected"
    case acceptedCanceled = "AcceptedCanceled"
}
