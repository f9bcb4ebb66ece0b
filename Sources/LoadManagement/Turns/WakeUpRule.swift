/// When a car that sleeps is woken, if its box can do that.
public struct WakeUpRule: Hashable, Codable, Sendable {
    /// How long a car may stay in state B after it is offered current again before it is woken; also how long it gets after
    /// each try.
    public var after: Span
    /// How often it is tried for one offer.
    public var attempts: Int
    /// How long nothing must have been offered before: a car that was offered current all the time is full, not asleep.
    public var slept: Span

    /// Makes the rule: 60 s, at most twice, after nothing was offered for 60 s.
    public init(after: Span = 60_000_000_000, attempts: Int = 2, slept: Span = 60_000_000_000) {
        self.after = after
        self.attempts = attempts
        self.slept = slept
    }
}
