extension Decision {
    /// Adds when turns begin, who is offered less because the car draws less, and what is wrong.
    mutating func add(_ check: InputCheck, _ outcome: Turns.Outcome, _ memory: Memory, _ limits: SiteLimits) {
        problems = check.problems
        for (id, current) in check.implausible { nodes[id]?.alarms.append(.implausible(current)) }
        let next = limits.turn.flatMap { turn in memory.turns.began.map { $0 + turn } }
        for demand in outcome.shares.input.boxes {
            guard let target = outcome.shares.targets[demand.id] else { continue }
            if target.current == 0, case .queue = target.reason {
                boxes[demand.id]?.nextTurn = next
            } else if memory.cars[demand.id]?.draw.cap != nil, target.reason == .max {
                boxes[demand.id]?.isReclaimed = true
            }
        }
    }
}

extension Wishes.Wish {
    /// The wish with the box's place in its class and what its car uses; a box that may not be started is stopped.
    func shaped(_ memory: Memory, _ limits: SiteLimits, of booking: BoxBooking, at now: Moment) -> Self {
        if memory.barred.contains(booking.setup.id) {
            if case .fixed = self { return self }
            return .given(booking.least, .fault)
        }
        guard case .share(var demand, let cause) = self else { return self }
        memory.shape(&demand, limits, at: now)
        return .share(demand, cause: cause)
    }
}
