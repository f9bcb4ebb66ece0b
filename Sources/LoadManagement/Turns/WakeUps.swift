extension Memory {
    /// The boxes whose cars are to be woken now, by name: each answers, holds what it was told, and keeps its share.
    mutating func wakeUps(
        _ snapshot: Snapshot, _ limits: SiteLimits, _ outcome: Turns.Outcome, at now: Moment
    ) -> [String] {
        guard let rule = limits.wakeUp, snapshot.mode == .manage else { return [] }
        var ids: [String] = []
        for rank in outcome.wishes.boxes.indices where outcome.wishes.boxes[rank].box.state == .b {
            let ranked = outcome.wishes.boxes[rank]
            let box = ranked.box
            guard box.mode != .off, box.withheld == nil else { continue }
            let booking = bookings.values[ranked.booking]
            guard booking.ability.canWake, booking.isSettled, !booking.isLeaving,
                !booking.isSilent(at: now), booking.excess == nil, let told = booking.lastTold, told.value > 0,
                outcome.isRunning(rank), let car = ranked.car, cars.values[car].offer.wakeUp(rule, at: now)
            else { continue }
            ids.append(box.id)
        }
        return ids.sorted()
    }
}
