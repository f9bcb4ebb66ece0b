/// When boxes start and stop with the surplus. Both delays count for each box.
public struct SurplusRule: Hashable, Codable, Sendable {
    /// How long the surplus has to be enough for a box before it starts.
    public var startDelay: Span
    /// How long a box goes on at its minimum when the surplus is too little for it.
    public var stopDelay: Span

    /// Makes the rule: start after 60 s, stop after 180 s.
    public init(startDelay: Span = 60_000_000_000, stopDelay: Span = 180_000_000_000) {
        self.startDelay = startDelay
        self.stopDelay = stopDelay
    }
}
