extension BoxBooking {
    /// Whether it draws more than 1 A on a phase that nothing it may be following allows: it was not switched as it was told.
    func drawsBeside(_ current: PhaseCurrents, at now: Moment) -> Bool {
        guard ability.switching != nil else { return false }
        let told = toldAtTerminals(now)
        return Phase.allCases.contains { current[$0] > 1000 && told[$0] == 0 }
    }

    /// Whether it stands still for sure, so that its phases may be switched.
    func isAtRest(at now: Moment) -> Bool {
        isSettled && lastTold?.value == 0 && excess == nil && !isSilent(at: now) && atTerminals(now) == .zero
    }

    /// The terminals its car uses when it charges on `set`, as far as that is known.
    func terminals(chargingOn set: PhaseSet) -> PhaseSet { lastTold?.terminals == set ? terminals : set }
}
