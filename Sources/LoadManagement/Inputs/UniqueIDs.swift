/// The names of boxes when it was last seen that none is there twice; what is the same need not be looked at again.
struct UniqueIDs: Hashable, Codable, Sendable {
    /// Those of the limits.
    var limits: [String] = []
    /// Those of the snapshot.
    var snapshot: [String] = []
}
