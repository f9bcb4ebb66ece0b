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
}
