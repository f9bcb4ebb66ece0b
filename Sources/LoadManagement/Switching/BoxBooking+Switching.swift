extension BoxBooking {
    /// Whether it draws more than 1 A on a phase that nothing it may be following allows: it was not
    /// switched as it was told, or more of it is wired than the installer said.
    func drawsBeside(_ current: PhaseCurrents, at now: Moment) -> Bool {
        let told = toldAtTerminals(now)
        return Phase.allCases.contains { current[$0] > 1000 && told[$0] == 0 }
    }

    /// Whether it stands still for sure, so that its phases may be switched.
    func isAtRest(at now: Moment) -> Bool {
        isSettled && lastTold?.value == 0 && excess == nil && !isSilent(at: now) && atTerminals(now) == .zero
    }

    /// The terminals its car uses when it charges on `set`, as far as that is known; with those on which it lets current
    /// through whatever it was told.
    func terminals(chargingOn set: PhaseSet) -> PhaseSet {
        guard let lastTold, lastTold.terminals == set else { return set }
        guard lastTold.value > 0, let shown else { return terminals }
        let used = set.union(shown).subtracting(learning.freed)
        return used.isEmpty ? set : used
    }

    /// The terminals that it still shows long after it was told others: it did not switch.
    func shownInstead(of set: PhaseSet, since switched: Moment?, at now: Moment) -> PhaseSet? {
        guard let shown, shown != set, let lastTold, lastTold.terminals == set, lastTold.value == 0,
            let switched, now - switched >= Self.patience, let switching = ability.switching,
            shown == ability.terminals || shown == switching.single
        else { return nil }
        return shown
    }

    /// How long a box may take to show that it was switched.
    private static let patience: Span = 120 * second
}
