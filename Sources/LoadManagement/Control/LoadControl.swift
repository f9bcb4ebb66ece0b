/// One tick of load management: what everybody gets, and what has to be told now so that no limit is ever passed.
///
/// It has no clock and does no I/O: the same snapshot, limits, memory and moment give the same decision.
public enum LoadControl {
    /// Shares the current and orders what is safe to order now.
    ///
    /// The memory answered with is the one to go on with: the orders are booked in it.
    public static func step(
        _ snapshot: Snapshot, limits: SiteLimits, memory: Memory, now: Moment
    ) -> (decision: Decision, memory: Memory) {
        var memory = memory
        let check = InputCheck(snapshot, limits, at: now)
        let (snapshot, limits) = (check.snapshot, check.limits)
        memory.barred = check.barred
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
        let (wishes, targets) = (outcome.wishes, outcome.shares.targets)
        var ordering = Ordering(snapshot: snapshot, limits: limits, memory: memory, load: load, now: now)
        if snapshot.mode == .manage {
            ordering.lower(wishes, targets)
            ordering.raise(wishes, targets)
        }
        var decision = ordering.decision(wishes, targets)
        decision.overdrafts = lowered
        memory = ordering.memory.noting(decision.orders, before: memory, wishes, now)
        decision.wakeUps = memory.wakeUps(snapshot, limits, targets, at: now)
        decision.add(check, outcome, memory, limits)
        return (decision, memory)
    }

    /// New boxes are booked from now on; boxes that are gone stay booked until their stop is confirmed.
    private static func adopt(_ limits: SiteLimits, _ memory: inout Memory, _ now: Moment) {
        let setups = Dictionary(limits.boxes.map { ($0.id, $0) }) { first, _ in first }
        for (id, setup) in setups {
            if memory.bookings[id] == nil { memory.bookings[id] = BoxBooking(setup) }
            memory.bookings[id]?.setup = setup
        }
        for id in memory.bookings.keys {
            memory.bookings[id]?.isLeaving = setups[id] == nil
            memory.bookings[id]?.prune(at: now)
            if setups[id] == nil, memory.bookings[id]?.isReleased(at: now) ?? false {
                memory.bookings[id] = nil
                memory.raises[id] = nil
            }
        }
    }
}
