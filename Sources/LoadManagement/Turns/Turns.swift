/// Turns: who waits and who yields (rule 5), by the clock, and at once where a car does not use its turn.
struct Turns {
    let snapshot: Snapshot
    let limits: SiteLimits
    /// By their place among the bookings.
    let boxes: [BookedBox]
    let load: BaseLoad
    let now: Moment

    /// What came of sharing: who wants what, and what everybody is to have.
    struct Outcome {
        var wishes: Wishes
        var shares: Wishes.Shares
        /// The ranks of the boxes that could charge if others did not.
        var waits: [Int] = []

        /// Whether the box at `rank` is to have anything.
        func isRunning(_ rank: Int) -> Bool { shares.targets[rank].current > 0 }

        func isRunning(_ demand: BoxDemand) -> Bool { isRunning(demand.rank) }
    }

    /// Shares, and lets somebody else have a turn if it is time.
    func share(_ memory: inout Memory) -> Outcome {
        let first = outcome(&memory)
        guard let turn = limits.turn, snapshot.mode == .manage else { return first }
        let isOver = memory.turns.isOver(turn: turn, at: now)
        let waits = waiting(first, memory)
        memory.turns.note(isAnyoneWaiting: !waits.isEmpty, turn: turn, at: now)
        var last = first
        if !waits.isEmpty {
            let idle = Set(
                first.shares.input.boxes.filter { first.isRunning($0) && memory.isIdle($0.id, limits, at: now) }
                    .map(\.id))
            if isOver {
                last = change(first, &memory, turn: turn, onlyIdle: nil, idle: idle) ?? first
            } else if !idle.isEmpty, memory.turns.mayHandOn(at: now) {
                last = change(first, &memory, turn: turn, onlyIdle: idle, idle: idle) ?? first
            }
        }
        for demand in last.shares.input.boxes {
            guard let car = last.wishes.boxes[demand.rank].car else { continue }
            memory.cars.values[car].place?.note(isRunning: last.isRunning(demand), at: now)
        }
        last.waits = waits
        return last
    }

    private func outcome(_ memory: inout Memory) -> Outcome {
        var wishes = Wishes(snapshot, limits, boxes, memory, load, now)
        wishes.reserve = StandingReserve(wishes, limits, boxes, load, snapshot)
        memory = SurplusPlan.adjust(&wishes, snapshot, limits, boxes, memory, load, now)
        return Outcome(wishes: wishes, shares: wishes.share(snapshot, limits, boxes, load))
    }

    /// The ranks of the boxes that could charge if others did not.
    private func waiting(_ outcome: Outcome, _ memory: Memory) -> [Int] {
        var waiting: [Int] = []
        for demand in outcome.shares.input.boxes {
            let target = outcome.shares.targets[demand.rank]
            guard target.current == 0, case .queue = target.reason, let car = outcome.wishes.boxes[demand.rank].car,
                memory.cars.values[car].place != nil
            else { continue }
            waiting.append(demand.rank)
        }
        return waiting
    }

    /// Lets boxes yield and shares again; nil if nobody would start.
    private func change(
        _ outcome: Outcome, _ memory: inout Memory, turn: Span, onlyIdle: Set<String>?, idle: Set<String>
    ) -> Outcome? {
        let candidates = outcome.shares.input.boxes.map { candidate($0, outcome, memory, turn: turn, only: onlyIdle) }
        var swaps = TurnPlan(
            outcome.shares.input, candidates, shortest: onlyIdle == nil ? turn / 2 : 0, now: now
        ).swaps
        // With an unbalance limit a box that yields may take the room of a third one; then fewer change at once.
        while swaps.contains(where: { !$0.yields.isEmpty }) {
            var next = memory
            for swap in swaps { next.swap(swap, idle: idle, at: now) }
            let shared = self.outcome(&next)
            if isBetter(shared, than: outcome, swaps) {
                memory = next
                return shared
            }
            swaps.removeLast((swaps.count + 1) / 2)
        }
        return nil
    }

    private func candidate(
        _ demand: BoxDemand, _ outcome: Outcome, _ memory: Memory, turn: Span, only: Set<String>?
    ) -> TurnPlan.Candidate {
        let isRunning = outcome.isRunning(demand)
        let box = outcome.wishes.boxes[demand.rank]
        let car = box.car.map { memory.cars.values[$0] }
        var candidate = TurnPlan.Candidate(
            group: TurnPlan.Group(priority: demand.priority, level: car?.laxity.level ?? 0), isRunning: isRunning)
        guard let place = car?.place, case .share(_, nil) = box.wish else { return candidate }
        if isRunning {
            if boxes[box.booking].ability.isStoppable, only?.contains(demand.id) ?? true {
                candidate.yieldsSince = place.runsSince(now)
            }
        } else if case .queue = outcome.shares.targets[demand.rank].reason {
            let waits = place.waitsSince(now)
            // A car that did not use its last turns is asked less and less often.
            let patience = place.unused == 0 ? 0 : turn << min(place.unused, 4)
            if now - waits >= patience { candidate.waitsSince = waits }
        }
        return candidate
    }

    /// Whether somebody starts and nobody has to stop who does not yield.
    private func isBetter(_ shared: Outcome, than before: Outcome, _ swaps: [TurnSwap]) -> Bool {
        let yields = Set(swaps.flatMap(\.yields))
        let running = Set(shared.wishes.boxes.indices.filter(shared.isRunning).map { shared.wishes.boxes[$0].id })
        let places = Dictionary(
            before.shares.input.boxes.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        let last = swaps.compactMap { places[$0.start] }.max().map { before.shares.input.boxes[$0].priority } ?? 0
        return swaps.contains { running.contains($0.start) }
            && before.shares.input.boxes.allSatisfy { box in
                box.priority < last || yields.contains(box.id) || !before.isRunning(box) || running.contains(box.id)
            }
    }
}

extension Memory {
    /// Puts those who yield to the end of the queue, and begins the turn of who starts.
    fileprivate mutating func swap(_ swap: TurnSwap, idle: Set<String>, at now: Moment) {
        let last = cars.values.reduce(0) { max($0, $1.place?.rounds ?? 0) }
        for id in swap.yields {
            cars[id]?.place?.rounds = last + 1
            cars[id]?.place?.turn(isRunning: false, at: now)
            if idle.contains(id) { cars[id]?.place?.unused += 1 }
        }
        cars[swap.start]?.place?.turn(isRunning: true, at: now)
    }
}
