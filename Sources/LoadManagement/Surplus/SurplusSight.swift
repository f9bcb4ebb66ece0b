/// The surplus as it is without the echo of our own orders.
///
/// The meters of the grid and of the boxes are not read at the same moment, and cars follow late: for some seconds after an
/// order the surplus seems to move by as much as was ordered. It is taken to move only as far as that does not explain it.
struct SurplusSight: Hashable, Codable, Sendable {
    private struct Change: Hashable, Codable, Sendable {
        var at: Moment
        /// By how much the boxes were told more, in milliwatts.
        var power: Int
    }

    /// The last surplus that nothing ordered could have moved.
    private var sure: Int?
    private var changes: [Change] = []

    /// So long an order may take to show at every meter.
    static let echo = Room.slow

    /// Takes note of what boxes with the surplus were told, in milliwatts more than before.
    mutating func ordered(_ power: Int, at now: Moment) {
        guard power != 0 else { return }
        changes.append(Change(at: now, power: power))
    }

    /// The surplus to go by, where `seen` is measured, in milliwatts.
    mutating func surplus(_ seen: Int, at now: Moment) -> Int {
        changes.removeAll { now - $0.at >= Self.echo }
        guard !changes.isEmpty, let sure else {
            sure = seen
            return seen
        }
        // Meters that lag one way or the other can show each order as a drop, as a rise, or rightly.
        let moved = changes.reduce(0) { $0 + abs($1.power) }
        return seen + max(-moved, min(moved, sure - seen))
    }
}
