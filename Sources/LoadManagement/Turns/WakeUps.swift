extension Memory {
    /// The boxes whose cars are to be woken now, by name: each answers, holds what it was told, and keeps its share.
    mutating func wakeUps(
        _ snapshot: Snapshot, _ limits: SiteLimits, _ targets: [String: Wishes.Target], at now: Moment
    ) -> [String] {
        guard let rule = limits.wakeUp, snapshot.mode == .manage else { return [] }
        var ids: [String] = []
        for box in snapshot.boxes where box.state == .b && box.mode != .off && box.withheld == nil {
            guard let booking = bookings[box.id], booking.ability.canWake, booking.isSettled, !booking.isLeaving,
                !booking.isSilent(at: now), booking.excess == nil, let told = booking.lastTold, told.value > 0,
                (targets[box.id]?.current ?? 0) > 0, cars[box.id]?.offer.wakeUp(rule, at: now) ?? false
            else { continue }
            ids.append(box.id)
        }
        return ids.sorted()
    }
}
