extension RankedBox {
    /// The terminals to which the box is to be switched now; nil if it is on them or does not stand still yet.
    func switches(_ booking: BoxBooking, _ now: Moment) -> PhaseSet? {
        guard let terminals, let told = booking.lastTold, told.terminals != terminals, booking.isAtRest(at: now) else {
            return nil
        }
        return terminals
    }

    /// Whether the first order of a box may be more than a stop: nobody knows on which terminals one that can be switched
    /// stands until it said so, and it is never switched under load.
    func mayStartUnstopped(_ booking: BoxBooking) -> Bool {
        guard let terminals else { return true }
        return booking.shown == terminals
    }
}
