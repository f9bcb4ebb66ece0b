/// How much time a car in mode `target` has to spare: the time that is left less the time it needs at the box's full power.
///
/// A box is in one of three bands of its priority class, each of which is served before the next:
/// - *urgent*: its time to spare has run out, that is, less than a step of 15 minutes is left. It comes before boxes that
///   charge as fast as they can, and the less time it has the earlier.
/// - *fast*: the mode `fast` and all modes without a goal; also a goal whose time is over, or that has no time at all.
/// - *relaxed*: there is time to spare, or it has all it needs. It takes what the others leave, and the less time it has
///   the earlier.
///
/// While a relaxed box waits, its time to spare runs out, so that it comes before one that charges: that is their turn.
/// Time counts in steps of 15 minutes. A step is left downwards at once and upwards only half a step beyond its end, so
/// that readings of energy that come late do not move the order back and forth.
struct Laxity: Hashable, Codable, Sendable {
    /// Which band of its class a box is in.
    enum Band: Int, Codable, Sendable {
        case relaxed = 0
        case fast = 1
        case urgent = 2
    }

    private(set) var band = Band.fast
    /// The time to spare in whole steps; 0 for a box without a goal.
    private(set) var level = 0

    static let step: Span = 900 * second
    /// More steps than any goal has: it is behind all others of its band.
    static let endless = 1_000_000
    /// The largest power in milliwatts, energy in milliwatt-hours (1 TW, 1 TWh) and span that are calculated with.
    private static let largest = 1_000_000_000_000_000
    private static let longest: Span = 1_000_000_000 * second

    /// The priority with the band, and the steps to spare: what boxes are put in order by before the queue.
    func group(priority: Int) -> TurnPlan.Group {
        TurnPlan.Group(priority: priority * 3 + band.rawValue, level: level)
    }

    /// Takes note of what the car still needs, at `power` milliwatts at most.
    mutating func note(_ goal: ChargeGoal?, power: Int, at now: Moment) {
        guard let goal, goal.by > now else {
            self = Laxity()
            return
        }
        guard goal.energy > 0 else {
            band = .relaxed
            level = Self.endless
            return
        }
        let spare = Self.spare(goal, power: power, at: now)
        if band == .fast || level == Self.endless || spare < Span(level) * Self.step
            || spare >= Span(level + 1) * Self.step + Self.step / 2
        {
            level = Int(spare >= 0 ? spare / Self.step : -1 - (-1 - spare) / Self.step)
        }
        band = level <= 0 ? .urgent : .relaxed
    }

    /// The time to spare; negative if the goal cannot be reached any more.
    static func spare(_ goal: ChargeGoal, power: Int, at now: Moment) -> Span {
        let (left, isTooLong) = goal.by.subtractingReportingOverflow(now)
        let time = isTooLong ? longest : min(left, longest)
        guard power > 0 else { return time - longest }
        let energy = max(0, min(goal.energy, largest))
        let seconds = (energy * 3600 + power - 1) / max(1, min(power, largest))
        return time - min(Span(seconds), longest / second) * second
    }
}
