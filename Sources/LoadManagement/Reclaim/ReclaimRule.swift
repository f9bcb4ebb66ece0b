/// When a car that draws less than it is offered makes room for others, and when it gets its share back.
///
/// Only a box that measures its own current takes part: nothing else proves what its car leaves.
public struct ReclaimRule: Hashable, Codable, Sendable {
    /// How long a car has to draw clearly less before its share goes to others.
    public var detect: Span
    /// How much more than it draws a car stays offered, in milliamperes; what it would need to ask for more.
    public var margin: Int
    /// How much less than offered is clearly less, in milliamperes; at least `margin` + `asking` counts, so that an offer
    /// that was cut to draw + margin is not cut again.
    public var clearly: Int
    /// How near to its offer a car draws that asks for more, in milliamperes.
    public var asking: Int
    /// How long a car that is plugged in and not ready (state B) keeps its share while it draws nothing; after that it is
    /// offered its minimum, which starts it as well.
    public var idle: Span

    /// Makes the rule: 60 s, 1 A of margin, 2 A are clearly less, within 0.5 A is asking, 5 min without being ready.
    public init(
        detect: Span = 60_000_000_000, margin: Int = 1000, clearly: Int = 2000, asking: Int = 500,
        idle: Span = 300_000_000_000
    ) {
        self.detect = detect
        self.margin = margin
        self.clearly = clearly
        self.asking = asking
        self.idle = idle
    }
}
