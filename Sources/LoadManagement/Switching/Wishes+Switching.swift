extension Wishes {
    /// The terminals to which the box is to be switched now; nil if it is on them or does not stand still yet.
    func switches(_ id: String, _ booking: BoxBooking, _ now: Moment) -> PhaseSet? {
        guard let planned = terminals[id], let told = booking.lastTold, told.terminals != planned,
            booking.isAtRest(at: now)
        else { return nil }
        return planned
    }

    /// Whether the first order of a box may be more than a stop: nobody knows on which terminals one that can be switched
    /// stands until it said so, and it is never switched under load.
    func mayStartUnstopped(_ id: String, _ booking: BoxBooking) -> Bool {
        guard let planned = terminals[id] else { return true }
        return booking.shown == planned
    }
}
