/// What is free beside all that is booked, at every circuit and in every power budget.
struct Room {
    /// By node index.
    private var free: [PhaseCurrents]
    private var budgets: [(budget: WattBudget, free: Int)]
    private let limits: SiteLimits
    private let load: BaseLoad
    private let reserve: StandingReserve

    /// So long a raise may take to show at a meter: pacing, car and the age of the reading.
    static let slow: Span = 20 * second

    init(
        _ wishes: Wishes, _ limits: SiteLimits, _ memory: Memory, _ load: BaseLoad, _ boxes: [BookedBox],
        _ snapshot: Snapshot, _ now: Moment
    ) {
        let tree = limits.tree
        self.limits = limits
        self.load = load
        reserve = wishes.reserve
        var booked = [PhaseCurrents](repeating: .zero, count: tree.nodes.count)
        var rising = booked
        budgets = (limits.budgets + snapshot.budgets).map { limits.budget($0) }.map { ($0, $0.current) }
        let isMetered = load.isMetered.contains(true)
        for rank in wishes.boxes.indices {
            let (node, place) = (wishes.boxes[rank].node, wishes.boxes[rank].booking)
            let terminals = boxes[place].current
            let kept = terminals.maximum(reserve.whenRaising(rank))
            let rotation = boxes[place].rotation
            booked[node] += rotation.largestOnSupply(kept)
            for number in budgets.indices
            where Self.counts(budgets[number].budget, wishes.boxes[rank].id, tree.path(from: node)) {
                budgets[number].free -= (reserve.counts(in: number) ? kept : terminals).sum
            }
            if isMetered, let raise = memory.raises.index(forKey: wishes.boxes[rank].id, near: place),
                let at = memory.raises.values[raise].raisedAt, now - at < Self.slow
            {
                rising[node] += PhaseCurrents(
                    memory.raises.values[raise].rise,
                    on: rotation.supply(of: boxes[place].terminals))
            }
        }
        for node in tree.nodes.indices.reversed() {
            guard let parent = tree.parents[node] else { continue }
            booked[parent] += booked[node]
            rising[parent] += rising[node]
        }
        free = []
        for (node, circuit) in tree.nodes.enumerated() {
            let fixed = PhaseCurrents(each: circuit.reserve) + load.forRaising[node] + booked[node]
            free.append(circuit.limit - fixed - (load.isMetered[node] ? rising[node] : .zero))
        }
    }

    private static func counts(_ budget: WattBudget, _ box: String, _ path: [Int]) -> Bool {
        budget.counts(box) && (budget.node.map(path.contains) ?? true)
    }

    func hasRoom(on path: [Int]) -> Bool { path.allSatisfy { free[$0].smallest >= 0 } }

    /// The most that a box may be told now, in milliamperes.
    ///
    /// What a box without a proof draws counts twice behind a meter: as booked, and as load nobody can tell from the
    /// house. A raise by half of what is free is therefore the one that can stay.
    func most(_ box: BookedBox, told: Int, _ demand: BoxDemand) -> Int {
        let supply = box.rotation.supply(of: demand.terminals)
        let terminals = box.current
        let kept = terminals.maximum(reserve.whenRaising(demand.rank))
        let mine = box.rotation.largestOnSupply(kept)
        let path = limits.tree.path(from: demand.node)
        var most = Int.max
        for node in path {
            for phase in Phase.allCases where supply.contains(phase) {
                most = min(most, mine[phase] + free[node][phase])
                if !box.isProving && load.isMetered[node] {
                    let gap = mine[phase] + free[node][phase] - told
                    most = min(most, told + (gap > 0 ? gap / 2 : gap))
                }
            }
        }
        for (number, entry) in budgets.enumerated() where Self.counts(entry.budget, demand.id, path) {
            let total = (reserve.counts(in: number) ? kept : terminals).sum
            // What is kept on other terminals than those that it is to use stays kept.
            let others =
                (reserve.counts(in: number) ? reserve.whenRaising(demand.rank).without(demand.terminals) : .zero).sum
            most = min(most, (total - others + entry.free) / max(1, demand.terminals.count))
        }
        return most
    }

    /// Books what `box` may draw beyond `before`, at its terminals.
    mutating func take(_ box: BookedBox, _ demand: BoxDemand, before: PhaseCurrents) {
        let (after, rotation) = (box.current, box.rotation)
        let (keptBefore, keptAfter) = (
            before.maximum(reserve.whenRaising(demand.rank)), after.maximum(reserve.whenRaising(demand.rank))
        )
        let more = rotation.largestOnSupply(keptAfter) - rotation.largestOnSupply(keptBefore)
        let path = limits.tree.path(from: demand.node)
        for place in path {
            free[place] -= !box.isProving && load.isMetered[place] ? more + more : more
        }
        for number in budgets.indices where Self.counts(budgets[number].budget, demand.id, path) {
            budgets[number].free -= reserve.counts(in: number) ? keptAfter.sum - keptBefore.sum : after.sum - before.sum
        }
    }
}
