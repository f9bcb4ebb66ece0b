extension BoxBooking {
    /// What a box may draw above its value before it counts as not following: 0.5 A and 10 %.
    static func tolerance(_ value: Int) -> Int { 500 + value / 10 }

    mutating func measure(_ current: PhaseCurrents, at: Moment) {
        draw.add(current, at: at)
        // A current transformer the wrong way round shows a draw as feed-in.
        let current = current.magnitudes
        learning.measure(current, at: at, wired: ability.terminals)
        var allowed = toldAtTerminals(at).largest
        if !ability.isStoppable { allowed = max(allowed, ability.minimum) }
        guard current.largest > allowed + Self.tolerance(allowed) || drawsBeside(current, at: at) else { return }
        // Values that are still in their time are part of `allowed`: what is above it has had its time.
        let hasBeenTold = excess.map { lastNumber > $0.orderBefore } ?? false
        exceed(current, at: at, isDisobedient: hasBeenTold && hasHadItsTime(at))
    }

    private func hasHadItsTime(_ now: Moment) -> Bool {
        guard case .confirmed(let at) = lastTold?.progress else { return false }
        return now >= at + ability.pacing + ability.carTime
    }

    /// Whether its own meter was read at `moment` or later.
    func isMeasured(since moment: Moment) -> Bool { draw.newest.map { $0.at >= moment } ?? false }

    /// What it proves to draw, and what it may draw at most, on each phase of the supply around the moment `end` of a
    /// meter's sample whose words have not moved since `start`. A box without a meter proves nothing and is taken to draw nothing that could be subtracted.
    func drawn(from start: Moment, through end: Moment, now: Moment) -> (least: PhaseCurrents, most: PhaseCurrents) {
        guard ability.hasMeter else { return (.zero, .zero) }
        guard let range = draw.range(from: start, through: end) else {
            return setup.rotation == .unknown ? (.zero, .zero) : (.zero, current(at: now))
        }
        let least = setup.rotation.smallestOnSupply(range.least)
        return (least, setup.rotation == .unknown ? least : setup.rotation.largestOnSupply(range.most))
    }
}
