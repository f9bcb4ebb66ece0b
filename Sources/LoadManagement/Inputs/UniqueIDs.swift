/// The names of boxes when it was last seen that none is there twice; what is the same need not be looked at again.
struct UniqueIDs: Codable, Sendable {
    /// Those of the limits.
    var limits: [String] = []
    /// Those of the snapshot.
    var snapshot: [String] = []
    /// The boxes of the limits and the circuits when nothing was wrong with them; nil if something was.
    var sound: SoundBoxes?

    private enum CodingKeys: String, CodingKey {
        case limits
        case snapshot
    }
}

extension UniqueIDs: Hashable {
    /// Whether both know the same names; what was found sound is only quicker to find so again.
    static func == (a: UniqueIDs, b: UniqueIDs) -> Bool { a.limits == b.limits && a.snapshot == b.snapshot }

    /// Feeds the names into `hasher`.
    func hash(into hasher: inout Hasher) {
        hasher.combine(limits)
        hasher.combine(snapshot)
    }
}
