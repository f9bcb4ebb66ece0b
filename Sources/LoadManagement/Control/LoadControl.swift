/// One tick of load management: what everybody gets, and what has to be told now so that no limit is ever passed.
///
/// It has no clock and does no I/O: the same snapshot, limits, memory and moment give the same decision.
public enum LoadControl {
    /// Shares the current and orders what is safe to order now.
    ///
    /// The memory answered with is the one to go on with: the orders are booked in it.
    public static func step(
        _ snapshot: Snapshot, limits: SiteLimits, memory: consuming Memory, now: Moment
    ) -> (decision: Decision, memory: Memory) {
        let check = InputCheck(snapshot, limits, unique: memory.uniqueIDs, at: now)
        let (snapshot, limits) = (check.snapshot, check.limits)
        memory.barred = check.barred
        memory.uniqueIDs = check.uniqueIDs
        adopt(limits, &memory, now, isKnown: check.isKnown)
        memory.watchWiring(snapshot, limits, at: now)
        let boxes = memory.booked(at: now)
        memory.watchCars(snapshot, limits, boxes, at: now)
        memory.noteOverdrafts(snapshot, limits, now)
        let lowered = memory.lowered
        return step(
            snapshot.lowered(by: lowered), limits: limits.lowered(by: lowered), boxes, check, lowered, &memory, now)
    }

    /// The rest of a tick, with the limits that hold now.
    private static func step(
        _ snapshot: Snapshot, limits: SiteLimits, _ boxes: [BookedBox], _ check: InputCheck, _ lowered: [Overdraft],
        _ memory: inout Memory, _ now: Moment
    ) -> (decision: Decision, memory: Memory) {
        let load = BaseLoad(snapshot, limits, boxes, &memory, now)
        let outcome = Turns(snapshot: snapshot, limits: limits, boxes: boxes, load: load, now: now).share(&memory)
        var ordering = Ordering(
            snapshot: snapshot, limits: limits, boxes: boxes, memory: memory, load: load, outcome: outcome, now: now)
        if snapshot.mode == .manage {
            ordering.lower()
            ordering.raise()
        }
        var decision = ordering.decision()
        decision.overdrafts = lowered
        memory = ordering.memory.noting(decision.orders, before: memory, outcome.wishes, now)
        decision.wakeUps = memory.wakeUps(snapshot, limits, outcome, at: now)
        decision.add(check, outcome, memory, limits)
        return (decision, memory)
    }

    /// New boxes are booked from now on; boxes that are gone stay booked until their stop is confirmed.
    private static func adopt(_ limits: SiteLimits, _ memory: inout Memory, _ now: Moment, isKnown: Bool) {
        if isKnown, memory.bookings.count == limits.boxes.count {
            for place in memory.bookings.values.indices { memory.bookings.values[place].prune(at: now) }
            return
        }
        let setups = limits.boxes.span
        for hint in setups.indices {
            let place = memory.bookings.place(setups[hint].id, near: hint, default: BoxBooking(limits.boxes[hint]))
            memory.bookings.values[place].adopt(setups[hint], limits.tree, at: now)
            _ = memory.raises.place(setups[hint].id, near: place, default: RaiseMemory())
        }
        guard memory.bookings.count > limits.boxes.count else { return }
        let ids = Set(limits.boxes.map(\.id))
        for id in memory.bookings.keys where !ids.contains(id) {
            memory.bookings.change(id) { booking in
                booking.isLeaving = true
                booking.place = limits.tree.index(of: booking.setup.node)
                booking.prune(at: now)
            }
            guard memory.bookings[id]?.isReleased(at: now) ?? false else { continue }
            memory.bookings[id] = nil
            memory.raises[id] = nil
        }
    }
}
