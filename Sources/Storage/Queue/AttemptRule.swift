/// When a failed message is sent again, and when its attempts are used up. Pure.
///
/// OCPP 1.6, 3.7.1 and the keys TransactionMessageAttempts and TransactionMessageRetryInterval (9.1.27, 9.1.28). A lost
/// connection is no attempt: a backend that is away for a week has refused nothing.
public struct AttemptRule: Hashable, Sendable {
    /// What follows from a failure.
    public enum Verdict: Hashable, Sendable {
        /// Send it again after this time; at once on the next connection where it is zero.
        case again(AttemptCounts, after: Duration)
        /// Its attempts are used up.
        case usedUp(AttemptCounts)
    }

    /// How many closes right after the same message are an attempt.
    public static let closesOfAnAttempt = 3
    /// The shortest wait after a counted attempt, so that an interval of 0 is no busy loop.
    public static let shortestWait: Duration = .seconds(1)

    /// TransactionMessageAttempts; 0 counts as 1, since every message is sent once.
    public let attempts: Int
    /// TransactionMessageRetryInterval; waited as many times as attempts have failed.
    public let interval: Duration

    /// A rule.
    public init(attempts: Int, interval: Duration) {
        self.attempts = max(1, attempts)
        self.interval = max(.zero, interval)
    }

    /// What follows when a message with these counts has failed.
    public func verdict(_ outcome: SendOutcome, _ counts: AttemptCounts) -> Verdict {
        var counts = counts
        switch outcome {
        case .connectionLost, .timeout(heartbeatAnswered: false): return .again(counts, after: .zero)
        case .closedAfterIt:
            counts.closes += 1
            if counts.closes < AttemptRule.closesOfAnAttempt { return .again(counts, after: .zero) }
            counts.closes = 0
        case .callError, .timeout(heartbeatAnswered: true): break
        }
        counts.attempts += 1
        if counts.attempts >= attempts { return .usedUp(counts) }
        return .again(counts, after: max(interval * counts.attempts, AttemptRule.shortestWait))
    }
}
