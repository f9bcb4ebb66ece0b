/// What sending one message has cost so far.
public struct AttemptCounts: Hashable, Sendable {
    /// Attempts used up.
    public var attempts: Int
    /// Closes of the connection right after the message since the last attempt was counted; three are an attempt.
    public var closes: Int

    /// Counts; a new message has none.
    public init(attempts: Int = 0, closes: Int = 0) {
        self.attempts = attempts
        self.closes = closes
    }
}
