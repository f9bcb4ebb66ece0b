/// What a car in mode `target` has to have got, and until when.
public struct ChargeGoal: Hashable, Codable, Sendable {
    /// The energy it still needs, in milliwatt-hours; 0 or less when it has all.
    public var energy: Int
    /// When it has to have it.
    public var by: Moment

    /// Makes the goal of `energy` milliwatt-hours until `by`.
    public init(energy: Int, by: Moment) {
        self.energy = energy
        self.by = by
    }
}
