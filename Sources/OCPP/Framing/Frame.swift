/// One message on the wire (OCPP-J 1.6, 4.2), whatever the framing.
public enum Frame: Hashable, Sendable {
    /// Asks for an action. The action is kept as text: it may be one that is not known.
    case call(id: String, action: String, payload: JSONObject)
    /// The answer to the call with the same id.
    case result(id: String, payload: JSONObject)
    /// The call with the same id could not be answered.
    case error(id: String, CallError)

    /// The message's id.
    public var id: String {
        switch self {
        case .call(let id, _, _), .result(let id, _), .error(let id, _): id
        }
    }
}

/// Why a call was not answered with a result (OCPP-J 1.6, 4.2.3).
public struct CallError: Error, Hashable, Sendable {
    /// The code as it was sent.
    public var sentCode: String
    /// What a person should know; may be empty.
    public var description: String
    /// More facts; mostly empty.
    public var details: JSONObject

    /// What the code means.
    public var code: ErrorCode { ErrorCode(sent: sentCode) }

    /// An error with a code of our own. The description is cut to 255 characters.
    public init(_ code: ErrorCode, _ description: String = "", details: JSONObject = [:]) {
        self.init(sentCode: code.rawValue, String(description.prefix(255)), details: details)
    }

    init(sentCode: String, _ description: String, details: JSONObject) {
        self.sentCode = sentCode
        self.description = description
        self.details = details
    }

    /// The answer to a message that breaks a rule; its description names the field.
    public init(_ violation: Violation) {
        self.init(violation.code, violation.description)
    }
}
