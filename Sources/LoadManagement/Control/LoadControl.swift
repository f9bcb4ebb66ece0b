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
        adopt(limits, &memory, now)
        memory.watchWiring(snapshot, limits, at: now)
        memory.watchCars(snapshot, limits, at: now)
        memory.noteOverdrafts(snapshot, limits, now)
        let lowered = memory.lowered
        return step(
            snapshot.lowered(by: lowered), limits: limits.lowered(by: lowered), check, lowered, &memory, now)
    }

    /// The rest of a tick, with the limits that hold now.
    private static func step(
        _ snapshot: Snapshot, limits: SiteLimits, _ check: InputCheck, _ lowered: [Overdraft], _ memory: inout Memory,
        _ now: Moment
    ) -> (decision: Decision, memory: Memory) {
        let load = BaseLoad(snapshot, limits, &memory, now)
        let outcome = Turns(snapshot: snapshot, limits: limits, load: load, now: now).share(&memory)
        var ordering = Ordering(
            snapshot: snapshot, limits: limits, memory: memory, load: load, outcome: outcome, now: now)
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
    private static func adopt(_ limits: SiteLimits, _ memory: inout Memory, _ now: Moment) {
        for (hint, setup) in limits.boxes.enumerated() {
            let place = memory.bookings.place(setup.id, near: hint, default: BoxBooking(setup))
            // What it drew elsewhere says nothing of what its new circuit carries.
            if memory.bookings.values[place].setup.node != setup.node {
                memory.bookings.values[place].draw = DrawRecord()
            }
            if memory.bookings.values[place].setup != setup { memory.bookings.values[place].setup = setup }
            memory.bookings.values[place].place = limits.tree.index(
                of: setup.node, near: memory.bookings.values[place].place ?? .max)
            _ = memory.raises.place(setup.id, near: place, default: RaiseMemory())
            memory.bookings.values[place].isLeaving = false
            memory.bookings.values[place].prune(at: now)
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
