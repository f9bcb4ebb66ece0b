/// Why a request got no proper answer.
public enum LinkError: Error, Hashable, Sendable {
    /// The device refused: exception code 1...255 (Modbus Application Protocol V1.1b3, 7).
    case exception(UInt8)
    /// Nothing came in time.
    case timeout
    /// Something came that was no answer: bad checksum, wrong unit, wrong length, other function.
    case garbled(String)
    /// No connection could be made; the reason in words.
    case unreachable(String)
    /// The connection broke while waiting; the request may have been carried out.
    case disconnected(String)
    /// The request cannot go out on this line as it is: a unit id or a count that the line does not know.
    case refused(String)
    /// The caller gave it up before it went out.
    case cancelled
    /// The bus was closed.
    case closed
}

extension LinkError: CustomStringConvertible {
    /// What happened, in words.
    public var description: String {
        switch self {
        case .exception(let code): "exception \(code) (\(LinkError.name(ofException: code)))"
        case .timeout: "no answer in time"
        case .garbled(let what): "a garbled answer: \(what)"
        case .unreachable(let why): "not reachable: \(why)"
        case .disconnected(let why): "the connection broke: \(why)"
        case .refused(let why): "cannot be sent: \(why)"
        case .cancelled: "given up before it was sent"
        case .closed: "the line was closed"
        }
    }

    /// The standard's name of an exception code.
    public static func name(ofException code: UInt8) -> String {
        switch code {
        case 1: "illegal function"
        case 2: "illegal data address"
        case 3: "illegal data value"
        case 4: "device failure"
        case 5: "acknowledge"
        case 6: "device busy"
        case 8: "memory parity error"
        case 10: "gateway path unavailable"
        case 11: "gateway target did not respond"
        default: "unknown"
        }
    }
}
