/// Why a CALL is answered with a CALLERROR (OCPP-J 1.6, table 7), spelled as on the wire.
///
/// The number of a code in the binary framing is its position: new ones go to the end.
public enum ErrorCode: String, Sendable, CaseIterable {
    /// The action is not known.
    case notImplemented = "NotImplemented"
    /// The action is known but not served here.
    case notSupported = "NotSupported"
    /// The receiver could not do it because of an error of its own.
    case internalError = "InternalError"
    /// The payload is incomplete.
    case protocolError = "ProtocolError"
    /// A security issue kept the receiver from doing it.
    case securityError = "SecurityError"
    /// The payload is not built as the action's is.
    case formationViolation = "FormationViolation"
    /// A field has the right type and a value that is not allowed.
    case propertyConstraintViolation = "PropertyConstraintViolation"
    /// A field is missing or occurs too seldom or too often. 1.6 writes it with one r.
    case occurenceConstraintViolation = "OccurenceConstraintViolation"
    /// A field has the wrong type.
    case typeConstraintViolation = "TypeConstraintViolation"
    /// Anything else.
    case genericError = "GenericError"

    /// The code that a peer sent; also with the spellings of later versions. Any unknown one is a GenericError.
    public init(sent text: String) {
        switch text {
        case "OccurrenceConstraintViolation": self = .occurenceConstraintViolation
        case "FormatViolation": self = .formationViolation
        default: self = ErrorCode(rawValue: text) ?? .genericError
        }
    }
}
