/// Limits of one plain stream.
public struct StreamOptions: Hashable, Sendable {
    /// How many bytes may wait for the other side; beyond it the connection is ended.
    public var maximumQueue: Int
    /// After this long without a byte from the other side the connection is ended; nil: never.
    public var idleTimeout: Duration?
    /// How long the other side may take nothing of what it is sent.
    public var writeTimeout: Duration
    /// How long TLS may take to be agreed on.
    public var handshakeTimeout: Duration

    /// Makes options.
    public init(
        maximumQueue: Int = 4 << 20, idleTimeout: Duration? = nil, writeTimeout: Duration = .seconds(30),
        handshakeTimeout: Duration = .seconds(10)
    ) {
        self.maximumQueue = maximumQueue
        self.idleTimeout = idleTimeout
        self.writeTimeout = writeTimeout
        self.handshakeTimeout = handshakeTimeout
    }
}
