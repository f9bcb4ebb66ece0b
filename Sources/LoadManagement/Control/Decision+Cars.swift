extension Decision {
    /// Adds when turns begin, who is offered less because the car draws less, and what is wrong.
    mutating func add(_ check: InputCheck, _ outcome: Turns.Outcome, _ memory: Memory, _ limits: SiteLimits) {
        problems = check.problems
        for (id, current) in check.implausible { nodes[id]?.alarms.append(.implausible(current)) }
        if let turn = limits.turn, let began = memory.turns.began {
            for rank in outcome.waits where outcome.shares.targets[rank].current == 0 {
                boxes.change(outcome.wishes.boxes[rank].id) { $0.nextTurn = began + turn }
            }
        }
        for rank in outcome.wishes.boxes.indices where outcome.shares.targets[rank].reason == .max {
            guard let car = outcome.wishes.boxes[rank].car, memory.cars.values[car].draw.cap != nil else { continue }
            boxes.change(outcome.wishes.boxes[rank].id) { $0.isReclaimed = $0.target > 0 }
        }
    }
}
