/// Limits and keep-alive of one WebSocket.
public struct WebSocketOptions: Hashable, Sendable {
    /// What happens when the client reads more slowly than messages are sent.
    public enum Overflow: Hashable, Sendable {
        /// The connection is closed with 1013 (try again later).
        case close
        /// The oldest messages that wait are thrown away; the one being sent is finished.
        case dropOldest
    }

    /// The longest message taken, in bytes, all fragments together; a longer one closes with 1009.
    public var maximumMessage: Int
    /// How many bytes may wait for a client that reads slowly, besides the message being sent.
    public var maximumQueue: Int
    /// What happens beyond it.
    public var overflow: Overflow
    /// After this long without anything from the client it is pinged; nil: never.
    public var pingInterval: Duration?
    /// After a ping, this long without anything from the client ends the connection.
    public var pongTimeout: Duration
    /// How long an answer to a close is waited for.
    public var closeTimeout: Duration

    /// Makes options.
    public init(
        maximumMessage: Int = 1 << 20, maximumQueue: Int = 4 << 20, overflow: Overflow = .close,
        pingInterval: Duration? = .seconds(30), pongTimeout: Duration = .seconds(20),
        closeTimeout: Duration = .seconds(2)
    ) {
        self.maximumMessage = maximumMessage
        self.maximumQueue = maximumQueue
        self.overflow = overflow
        self.pingInterval = pingInterval
        self.pongTimeout = pongTimeout
        self.closeTimeout = closeTimeout
    }
}
