/// Why something on the wire is no message. It never closes an OCPP-J connection; it is logged, and answered if it can be.
public enum FrameProblem: Error, Hashable, Sendable {
    /// No JSON or no CBOR; the sentence tells why.
    case unreadable(String)
    /// The outermost value is not an array.
    case notAnArray(found: String)
    /// The first element is no message type that is known.
    case unknownMessageType(found: String)
    /// The id is no text of 1 to the given count of characters, or no unsigned number in the binary framing.
    case badId(found: String)
    /// Too many or too few elements.
    case wrongLength(elements: Int, type: Int, id: String)
    /// An element is of the wrong type: which one, and what was found.
    case wrongElement(name: String, found: String, type: Int, id: String)

    /// The answer that the sender gets: only a CALL whose id is known gets one.
    public var answer: Frame? {
        switch self {
        case .wrongLength(_, type: 2, let id), .wrongElement(_, _, type: 2, let id):
            .error(id: id, CallError(.formationViolation, description))
        default: nil
        }
    }
}

extension FrameProblem: CustomStringConvertible {
    /// The sentence for people.
    public var description: String {
        switch self {
        case .unreadable(let reason): "not readable: \(reason)"
        case .notAnArray(let found): "a message must be an array, not \(found)"
        case .unknownMessageType(let found): "the message type must be 2, 3 or 4, not \(found)"
        case .badId(let found): "the message id is no text of the allowed length: \(found)"
        case .wrongLength(let count, let type, let id):
            "message \(id) of type \(type) has \(count) elements, \(type == 2 ? 4 : type == 3 ? 3 : 5) are needed"
        case .wrongElement(let name, let found, let type, let id):
            "the \(name) of message \(id) of type \(type) is \(found)"
        }
    }
}
