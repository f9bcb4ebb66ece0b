/// Which of its terminals a car leaves unused, learned from the box's own meter.
struct PhaseLearning: Hashable, Codable, Sendable {
    /// Terminals that need not be booked.
    private(set) var freed: PhaseSet = []
    private var used: PhaseSet = []
    private var steadySince: Moment?
    private var last: Moment?

    /// What counts as used, in milliamperes.
    private static let threshold = 1000
    /// How long a car has to charge steadily.
    private static let time: Span = 60 * second
    private static let gap: Span = 10 * second

    /// More than 1 A on a freed phase books it at once; 60 s of steady charging without it frees it.
    mutating func measure(_ current: PhaseCurrents, at now: Moment, wired: PhaseSet) {
        var drawing: PhaseSet = []
        for phase in Phase.allCases where current[phase] > Self.threshold { drawing.insert(PhaseSet(phase)) }
        freed.subtract(drawing)
        let isGap = last.map { now - $0 > Self.gap } ?? true
        last = now
        if drawing.isEmpty {
            steadySince = nil
        } else if drawing != used || isGap || steadySince == nil {
            steadySince = now
        } else if let steadySince, now - steadySince >= Self.time {
            freed = wired.subtracting(drawing)
        }
        used = drawing
    }

    mutating func forget() { self = PhaseLearning() }
}
