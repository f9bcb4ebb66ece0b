/// Why a message cannot be sent, or why a connection of the binary framing has to be closed.
public enum BinaryProblem: Error, Hashable, Sendable {
    /// The other side does not begin as this framing does; it speaks something else, or another version.
    case notThisProtocol(found: [UInt8])
    /// A frame longer than the limit.
    case tooLarge(bytes: Int, limit: Int)
    /// A frame without content.
    case emptyFrame
    /// The id is no decimal text of an unsigned 64-bit number.
    case badId(String)
    /// A property whose value the framing cannot carry: a number where the rules want a text.
    case unencodable(Violation)

    /// The frame that is sent before the connection is closed; it belongs to no call and bears the id 0.
    public var farewell: BinaryMessage { BinaryMessage.farewell(description) }
}

extension BinaryMessage {
    /// The error frame that is sent before a connection is closed because of what came in; its id is 0.
    public static func farewell(_ reason: String) -> BinaryMessage {
        .frame(.error(id: "0", CallError(.protocolError, reason)))
    }
}

extension BinaryProblem: CustomStringConvertible {
    /// The sentence for people.
    public var description: String {
        switch self {
        case .notThisProtocol(let found):
            "the other side does not speak binary OCPP version 1; it began with \(found.prefix(8))"
        case .tooLarge(let bytes, let limit): "a frame of \(bytes) bytes, at most \(limit) are taken"
        case .emptyFrame: "a frame without content"
        case .badId(let id): "the message id \(id.prefix(40)) is no unsigned number"
        case .unencodable(let violation): "it cannot be sent in a binary frame: \(violation)"
        }
    }
}
