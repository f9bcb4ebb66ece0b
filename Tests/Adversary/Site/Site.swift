import LoadManagement

/// A made-up site: what the host is told of it, and what it is really like. Times are milliseconds.
struct Site {
    /// What the host manages with.
    var limits: SiteLimits
    /// By the index of the box.
    var traits: [BoxTraits]
    /// How every box is truly wired.
    var rotations: [Rotation]
    var buses: [Bus]
    /// How often every box is asked.
    var periods: [Int]
    /// By the index of the circuit: what it draws beside boxes and circuits below it at first, and at most.
    var house: [PhaseCurrents]
    var worstHouse: [PhaseCurrents]
    /// By the index of the circuit; nil where it has no meter.
    var meterPeriods: [Int?]
    /// The mean time between two faults of each kind; 0 for never.
    var intervals: [Int]
    /// Whether nothing happens that could excuse that a limit is passed.
    var isStrict: Bool
    /// Whether cars come and go, and boxes hold what they like, before the host sees them for the first time.
    var startsWild: Bool

    /// What the circuits' reaction is calculated with.
    var times: ReactionTimes {
        let second = Int64(1_000_000)
        var times = ReactionTimes()
        for (node, period) in meterPeriods.enumerated() {
            times.meterAge[limits.tree.nodes[node].id] = period.map { Int64($0 + 1500) * second }
        }
        for bus in buses {
            // One frame of every unit with all its repeats, verification behind it.
            let frame = bus.timeout * (bus.retries + 1)
            for unit in bus.units {
                times.busRound[limits.boxes[unit].id] = Int64(2 * bus.units.count * 2 * bus.latency + frame) * second
                times.writeQueue[limits.boxes[unit].id] = Int64(bus.queueTime) * second
            }
        }
        return times
    }
}
