/// When the host switches a box between one phase and all that are wired.
public struct SwitchingRule: Hashable, Codable, Sendable {
    /// How long there has to be enough for more phases.
    public var up: Span
    /// How long there has to be too little for all phases while one would go on.
    public var down: Span
    /// How far two switches of a box are apart at least.
    public var apart: Span
    /// How often a box is switched for one car at most; nil for no such limit. Relays wear.
    public var perSession: Int?
    /// Whether a box that does not depend on the surplus goes on with one phase where the others lack current.
    public var isForCrowding: Bool

    /// Makes the rule: up after 300 s, down after 180 s, 600 s apart, as often as it takes, for the surplus only.
    public init(
        up: Span = 300_000_000_000, down: Span = 180_000_000_000, apart: Span = 600_000_000_000,
        perSession: Int? = nil, isForCrowding: Bool = false
    ) {
        self.up = up
        self.down = down
        self.apart = apart
        self.perSession = perSession
        self.isForCrowding = isForCrowding
    }
}
