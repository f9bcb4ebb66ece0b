/// How a box that can be switched stands.
struct PhaseMemory: Hashable, Codable, Sendable {
    /// The terminals it charges on, or is being switched to.
    var set: PhaseSet
    /// Since when there has been enough for all phases while it charges with one.
    var upSince: Moment?
    /// Since when there has been too little for all phases while one would go on.
    var downSince: Moment?
    /// When it was last switched.
    var switchedAt: Moment?
    /// How often it was switched for its car.
    var switches = 0
    /// Whether it did not switch when it was told: it is left as it is for this car.
    var isStuck = false
    /// Until when it stands still.
    var pauseUntil: Moment?

    /// Whether it may be switched at `now`.
    func mayBeSwitched(_ rule: SwitchingRule, at now: Moment) -> Bool {
        if isStuck { return false }
        if let limit = rule.perSession, switches >= limit { return false }
        return switchedAt.map { now - $0 >= rule.apart } ?? true
    }

    /// Switches to `next`; one that charges stands still from `now` on for `pause`.
    mutating func switchOver(to next: PhaseSet, pause: Span?, at now: Moment) {
        set = next
        upSince = nil
        downSince = nil
        switchedAt = now
        switches += 1
        pauseUntil = pause.map { now + $0 } ?? pauseUntil
    }

    /// Whether the box stands still for a switch: it is not yet told its terminals, or has not had its time.
    func isPausing(_ booking: BoxBooking, at now: Moment) -> Bool {
        guard let told = booking.lastTold else { return false }
        if told.terminals != set || now < pauseUntil ?? now { return true }
        guard told.value == 0, let switching = booking.ability.switching, switchedAt != nil else { return false }
        if let shown = booking.shown, shown != set { return true }
        guard case .confirmed(let at) = told.progress else { return true }
        return now < at + switching.settle
    }
}
