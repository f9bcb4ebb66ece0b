/// A close code this side may send (RFC 6455, 7.4; 1012 to 1014 from the IANA registry; 3000 to 4999 for applications).
public struct WebSocketCloseCode: Hashable, Sendable {
    /// The number.
    public let code: UInt16

    /// Nil for numbers that must not be sent.
    public init?(_ code: UInt16) {
        guard WebSocketCloseCode.isSendable(code) else { return nil }
        self.code = code
    }

    private init(known: UInt16) { code = known }

    /// 1000: what it was opened for is done.
    public static let normal = WebSocketCloseCode(known: 1000)
    /// 1001: this side goes away, for example because the host stops.
    public static let goingAway = WebSocketCloseCode(known: 1001)
    /// 1002: the other side broke the protocol.
    public static let protocolError = WebSocketCloseCode(known: 1002)
    /// 1003: a kind of message that is not taken here.
    public static let unsupported = WebSocketCloseCode(known: 1003)
    /// 1007: text that is no UTF-8.
    public static let invalidText = WebSocketCloseCode(known: 1007)
    /// 1008: against a rule of this side.
    public static let policy = WebSocketCloseCode(known: 1008)
    /// 1009: a message longer than is taken here.
    public static let tooBig = WebSocketCloseCode(known: 1009)
    /// 1011: a fault on this side.
    public static let serverError = WebSocketCloseCode(known: 1011)
    /// 1012: this side starts again.
    public static let restart = WebSocketCloseCode(known: 1012)
    /// 1013: too busy, or the other side reads too slowly.
    public static let tryAgainLater = WebSocketCloseCode(known: 1013)

    /// Whether a number may be in a close frame; 1004, 1005, 1006 and 1015 never are (RFC 6455, 7.4.1).
    static func isSendable(_ code: UInt16) -> Bool {
        switch code {
        case 1000...1003, 1007...1014, 3000...4999: true
        default: false
        }
    }
}
