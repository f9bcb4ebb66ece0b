/// The surplus to go by: what is measured, without the echo of our own orders and without noise.
struct SurplusSight: Hashable, Codable, Sendable {
    private struct Change: Hashable, Codable, Sendable {
        var at: Moment
        /// By how much the boxes were told more, in milliwatts.
        var power: Int
    }

    /// The last surplus that nothing ordered could have moved.
    private var sure: Int?
    private var changes: [Change] = []
    /// What is gone by, in milliwatts.
    private var level: Int?
    /// Since when the surplus has been on the same side of `level`, and how near it came to it at most.
    private var asideSince: Moment?
    private var nearest = 0

    /// So long an order may take to show at every meter.
    static let echo = Room.slow

    /// Takes note of what boxes with the surplus were told, in milliwatts more than before.
    mutating func ordered(_ power: Int, at now: Moment) {
        guard power != 0 else { return }
        changes.append(Change(at: now, power: power))
    }

    /// The surplus to go by, where `seen` is measured, in milliwatts.
    mutating func surplus(_ seen: Int, _ rule: SurplusRule, patience: Span, at now: Moment) -> Int {
        let next = withoutNoise(withoutEcho(seen, at: now), rule.noise, patience, at: now)
        level = next
        return next
    }

    /// The meters of the grid and of the boxes are not read at the same moment, and cars follow late: for some seconds after
    /// an order the surplus seems to move by as much as was ordered. It is taken to move only as far as that does not
    /// explain it.
    private mutating func withoutEcho(_ seen: Int, at now: Moment) -> Int {
        changes.removeAll { now - $0.at >= Self.echo }
        guard !changes.isEmpty, let sure else {
            sure = seen
            return seen
        }
        // Meters that lag one way or the other can show each order as a drop, as a rise, or rightly.
        let moved = changes.reduce(0) { $0 + abs($1.power) }
        return seen + max(-moved, min(moved, sure - seen))
    }

    /// A drop by more than the noise is followed at once, a rise by more than three times that as well; what is less only
    /// when it has lasted, and as far as it was so all the time.
    private mutating func withoutNoise(_ seen: Int, _ noise: Int, _ patience: Span, at now: Moment) -> Int {
        guard let level, seen > level - noise, seen < level + 3 * noise, seen != level else {
            asideSince = nil
            return seen
        }
        let isSameSide = asideSince != nil && (nearest > level) == (seen > level)
        nearest = isSameSide ? (seen > level ? min(nearest, seen) : max(nearest, seen)) : seen
        let since = isSameSide ? asideSince ?? now : now
        asideSince = since
        guard now - since >= patience else { return level }
        asideSince = nil
        return nearest
    }
}
