/// How much may wait for a backend.
public struct QueueLimits: Hashable, Sendable {
    /// From this many messages on the oldest meter values are thinned; at twice that new sessions are refused.
    public let messages: Int
    /// The reserve on the disk that is given up for stops, in bytes.
    public let ballast: Int

    /// Limits; at least 10 messages, by default 100,000 and 8 MiB.
    public init(messages: Int = 100_000, ballast: Int = 8 << 20) {
        self.messages = max(10, messages)
        self.ballast = max(0, ballast)
    }
}
