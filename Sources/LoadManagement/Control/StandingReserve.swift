/// What is kept free for boxes that fall back to more than they are told, so that a box that falls silent never takes
/// what was given to others.
///
/// A box that has a car, or of which nobody knows, is always reserved at its fall-back current. One that is known to have
/// none is not: it is booked with its fall-back from the moment it is silent, and others are lowered before a car can
/// come. But if they outlast it, because they go on with what they were told after its watchdog has run out, it counts
/// as well.
///
/// Where the reserves of all do not fit, as at a site that `check` refuses or while the house is above its worst case,
/// they are left out. For raises that has to be sure: as long as they would fit beside the least that the house can be,
/// nobody is raised into them.
struct StandingReserve {
    /// By rank, in milliamperes at the box's terminals; empty if nothing is reserved.
    private var currents: [PhaseCurrents] = []
    /// By rank, whether the reserve is left out of what is shared, and of raises.
    private var notShared: [Bool] = []
    private var notRaised: [Bool] = []
    private var fitsBudget: [Bool] = []

    /// Nothing is reserved.
    init() {}

    init(
        _ wishes: Wishes, _ limits: SiteLimits, _ boxes: [BookedBox], _ load: BaseLoad, _ snapshot: Snapshot
    ) {
        let tree = limits.tree
        var isLongest: Span = 0
        let ranked = wishes.boxes.span
        for rank in ranked.indices {
            let place = ranked[rank].booking
            guard ranked[rank].mayCharge || (boxes[place].told?.value ?? 1) > 0 else {
                continue
            }
            isLongest = max(isLongest, boxes[place].ability.watchdog?.timeout ?? .max)
        }
        var reserves = [PhaseCurrents](repeating: .zero, count: wishes.boxes.count)
        var needed = [PhaseCurrents](repeating: .zero, count: tree.nodes.count)
        var totals: [(id: String, path: [Int], total: Int)] = []
        for rank in ranked.indices {
            let (node, place) = (ranked[rank].node, ranked[rank].booking)
            var terminals = PhaseCurrents.zero
            if case .fixed = ranked[rank].wish { terminals = boxes[place].current }
            if let watchdog = boxes[place].ability.watchdog, watchdog.fallback > 0,
                ranked[rank].mayCharge || boxes[place].isSilent
                    || watchdog.timeout < max(isLongest, Self.enough)
            {
                reserves[rank] = boxes[place].fallback
                terminals = terminals.maximum(reserves[rank])
            }
            guard terminals != .zero else { continue }
            needed[node] += boxes[place].rotation.largestOnSupply(terminals)
            totals.append((ranked[rank].box.id, tree.path(from: node), terminals.sum))
        }
        let budgets = (limits.budgets + snapshot.budgets).map { limits.budget($0) }
        fitsBudget = [Bool](repeating: true, count: budgets.count)
        guard reserves.contains(where: { $0 != .zero }) else { return }
        currents = reserves
        fitsBudget = budgets.map { budget in
            let total = totals.reduce(0) { sum, box in
                let counts = budget.counts(box.id) && budget.node.map(box.path.contains) ?? true
                return counts ? sum + box.total : sum
            }
            return total <= budget.current
        }
        for node in tree.nodes.indices.reversed() {
            if let parent = tree.parents[node] { needed[parent] += needed[node] }
        }
        notShared = beside(load.base, needed, tree, wishes)
        notRaised = beside(load.least, needed, tree, wishes)
    }

    /// By rank, whether the reserve does not fit beside `base`.
    private func beside(
        _ base: [PhaseCurrents], _ needed: [PhaseCurrents], _ tree: CircuitTree, _ wishes: Wishes
    ) -> [Bool] {
        let fits = tree.nodes.indices.map { node in
            let limit = tree.nodes[node].limit - PhaseCurrents(each: tree.nodes[node].reserve)
            return (limit - base[node] - needed[node]).smallest >= 0
        }
        guard fits.contains(false) else { return [Bool](repeating: false, count: wishes.boxes.count) }
        return wishes.boxes.map { box in !tree.path(from: box.node).allSatisfy { fits[$0] } }
    }

    /// A watchdog that waits for so long leaves the time to lower others after its box has fallen silent: 10 s until it
    /// counts as silent, a tick, a gateway's queue, pacing and car.
    private static let enough: Span = 30 * second

    /// Whether the power budget `number`, those of the site first, has room for all reserves.
    func counts(in number: Int) -> Bool { number < fitsBudget.count && fitsBudget[number] }

    /// What is reserved for the box at `rank` at its terminals while others are shared to, in milliamperes.
    subscript(rank: Int) -> PhaseCurrents { currents.isEmpty || notShared[rank] ? .zero : currents[rank] }

    /// What is reserved for it while others are raised.
    func whenRaising(_ rank: Int) -> PhaseCurrents { currents.isEmpty || notRaised[rank] ? .zero : currents[rank] }
}
