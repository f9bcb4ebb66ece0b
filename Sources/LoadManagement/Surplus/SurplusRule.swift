/// When boxes start and stop with the surplus. Both delays count for each box.
public struct SurplusRule: Hashable, Codable, Sendable {
    /// How long the surplus has to be enough for a box before it starts.
    public var startDelay: Span
    /// How long a box goes on at its minimum when the surplus is too little for it.
    public var stopDelay: Span
    /// By how much the meters' noise moves the surplus either way, in milliwatts: less of a drop than this, and less of a
    /// rise than three times this, is followed only when it has lasted for the patience of ``Calm``.
    public var noise: Int

    /// Makes the rule: start after 60 s, stop after 180 s, 100 W of noise.
    public init(startDelay: Span = 60_000_000_000, stopDelay: Span = 180_000_000_000, noise: Int = 100_000) {
        self.startDelay = startDelay
        self.stopDelay = stopDelay
        self.noise = noise
    }
}
