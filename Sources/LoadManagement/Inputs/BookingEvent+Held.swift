extension BookingEvent {
    /// How many times its rated current a box may be measured at before the reading is not believed: no breaker holds
    /// that, so that it is a wrong register, scale or transformer ratio.
    private static let believed = 4
    /// The smallest rated current the bound is taken from, in milliamperes (IEC 61851-1 A.3).
    private static let least = 6000

    /// The event without numbers that cannot be. A reading that is not believed still proves that the box is there.
    func held(rated: Int) -> BookingEvent {
        switch self {
        case .readBack(let value, let at, let connection):
            // Less than nothing would confirm no order, and must not pass for a stop.
            value < 0
                ? .heard(at: at) : .readBack(min(value, CircuitTree.largestCurrent), at: at, connection: connection)
        case .measured(_, let at): implausible(rated: rated) == nil ? self : .heard(at: at)
        default: self
        }
    }

    /// What was measured, if that cannot be, in milliamperes.
    func implausible(rated: Int) -> Int? {
        guard case .measured(let current, _) = self else { return nil }
        let bound = max(min(rated, CircuitTree.largestCurrent), Self.least) * Self.believed
        for phase in Phase.allCases where !(-bound...bound).contains(current[phase]) {
            return max(-CircuitTree.largestCurrent, min(CircuitTree.largestCurrent, current[phase]))
        }
        return nil
    }
}
