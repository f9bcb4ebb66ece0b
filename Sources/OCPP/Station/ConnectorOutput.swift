/// What the box of a connector may do, for load management to carry out.
public struct ConnectorOutput: Sendable, Hashable {
    /// Whether it may charge at all.
    public var mayCharge: Bool
    /// The largest current by charging profiles and the key OperatorCurrentLimit, in A per phase.
    public var current: Tenths
    /// How many phases may be used; nil if nothing limits them.
    public var phases: Int?

    /// What a box may do.
    public init(mayCharge: Bool, current: Tenths, phases: Int? = nil) {
        self.mayCharge = mayCharge
        self.current = current
        self.phases = phases
    }
}
