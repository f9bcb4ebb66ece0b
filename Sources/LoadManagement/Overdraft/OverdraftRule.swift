/// What happens after a circuit's or a budget's limit was passed by what was measured.
public struct OverdraftRule: Hashable, Codable, Sendable {
    /// How long the limit is lowered by what it was passed by; 0 switches the rule off.
    public var period: Span
    /// How long a limit may be passed before that counts: the chain of reaction after a house has jumped.
    public var grace: Span
    /// The chain of single circuits where it is known, by their names (see ``LimitCheck/chains(_:_:)``).
    public var chains: [String: Span]

    /// Makes the rule: lowered for 5 minutes after 40 s, longer than any chain of reaction of a sound site.
    public init(period: Span = 300_000_000_000, grace: Span = 40_000_000_000, chains: [String: Span] = [:]) {
        self.period = period
        self.grace = grace
        self.chains = chains
    }
}
