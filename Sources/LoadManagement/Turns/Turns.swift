/// Turns: who waits and who yields (rule 5), by the clock, and at once where a car does not use its turn.
struct Turns {
    let snapshot: Snapshot
    let limits: SiteLimits
    let load: BaseLoad
    let now: Moment

    /// What came of sharing: who wants what, and what everybody is to have.
    struct Outcome {
        var wishes: Wishes
        var shares: Wishes.Shares
        /// The boxes that could charge if others did not.
        var waits: Set<String> = []
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
                first.shares.input.boxes.map(\.id).filter {
                    (first.shares.targets[$0]?.current ?? 0) > 0 && memory.isIdle($0, limits, at: now)
                })
            if isOver {
                last = change(first, &memory, turn: turn, onlyIdle: nil, idle: idle) ?? first
            } else if !idle.isEmpty, memory.turns.mayHandOn(at: now) {
                last = change(first, &memory, turn: turn, onlyIdle: idle, idle: idle) ?? first
            }
        }
        for demand in last.shares.input.boxes {
            let isRunning = (last.shares.targets[demand.id]?.current ?? 0) > 0
            memory.cars.change(demand.id) { $0.place?.note(isRunning: isRunning, at: now) }
        }
        last.waits = waits
        return last
    }

    private func outcome(_ memory: inout Memory) -> Outcome {
        var wishes = Wishes(snapshot, limits, memory, load, now)
        wishes.reserve = StandingReserve(wishes, limits, memory, load, snapshot, now)
        memory = SurplusPlan.adjust(&wishes, snapshot, limits, memory, load, now)
        return Outcome(wishes: wishes, shares: wishes.share(snapshot, limits, memory, load, now))
    }

    /// The boxes that could charge if others did not.
    private func waiting(_ outcome: Outcome, _ memory: Memory) -> Set<String> {
        var waiting: Set<String> = []
        for demand in outcome.shares.input.boxes {
            guard let target = outcome.shares.targets[demand.id], target.current == 0, case .queue = target.reason,
                memory.cars[demand.id]?.place != nil
            else { continue }
            waiting.insert(demand.id)
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
        let isRunning = (outcome.shares.targets[demand.id]?.current ?? 0) > 0
        var candidate = TurnPlan.Candidate(
            group: TurnPlan.Group(priority: demand.priority, level: memory.cars[demand.id]?.laxity.level ?? 0),
            isRunning: isRunning)
        guard let place = memory.cars[demand.id]?.place, case .share(_, nil) = outcome.wishes.wishes[demand.id] else {
            return candidate
        }
        if isRunning {
            let isStoppable = memory.bookings[demand.id]?.ability.isStoppable ?? false
            if isStoppable, only?.contains(demand.id) ?? true { candidate.yieldsSince = place.runsSince(now) }
        } else if case .queue = outcome.shares.targets[demand.id]?.reason {
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
        let starts = swaps.contains { (shared.shares.targets[$0.start]?.current ?? 0) > 0 }
        let ranks = Dictionary(
            before.shares.input.boxes.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        let last = swaps.compactMap { ranks[$0.start] }.max().map { before.shares.input.boxes[$0].priority } ?? 0
        return starts
            && before.shares.input.boxes.allSatisfy { box in
                box.priority < last || yields.contains(box.id)
                    || (before.shares.targets[box.id]?.current ?? 0) == 0
                    || (shared.shares.targets[box.id]?.current ?? 0) > 0
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
