/// How raises are calmed, so that noise of a meter moves nobody. Lowering is never held back.
public struct Calm: Hashable, Codable, Sendable {
    /// A raise of less than this, in milliamperes, waits until it has been possible for `patience`, and is then as large
    /// as was possible all that time.
    public var smallRaise: Int
    /// How long a small raise waits.
    public var patience: Span
    /// How long a box is not raised after it was lowered.
    public var afterLowering: Span
    /// How long a box that charges waits for the whole of its raise while others still give current back, before it takes
    /// the part that is free.
    public var forTheWhole: Span

    /// Makes the rule: below 0.5 A for 30 s, 10 s after lowering (a duty cycle changes every 5 s at most, IEC 61851-1), and
    /// 10 s for the whole of a raise.
    public init(
        smallRaise: Int = 500, patience: Span = 30_000_000_000, afterLowering: Span = 10_000_000_000,
        forTheWhole: Span = 10_000_000_000
    ) {
        self.smallRaise = smallRaise
        self.patience = patience
        self.afterLowering = afterLowering
        self.forTheWhole = forTheWhole
    }
}
