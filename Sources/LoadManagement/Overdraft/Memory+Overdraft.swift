extension Memory {
    /// What is lowered now.
    var lowered: [Overdraft] {
        overdrafts.compactMap { memory in
            memory.until.map { Overdraft(limit: memory.limit, cut: memory.cut, until: $0) }
        }
    }

    /// Compares what was measured with the limits, and remembers what was passed for too long.
    mutating func noteOverdrafts(_ snapshot: Snapshot, _ limits: SiteLimits, _ now: Moment) {
        guard limits.overdraft.period > 0, snapshot.mode == .manage else {
            overdrafts = []
            return
        }
        for place in overdrafts.indices { overdrafts[place].expire(at: now) }
        var next: [OverdraftMemory] = []
        for (node, circuit) in limits.tree.nodes.enumerated() { note(node, circuit, snapshot, limits, now, &next) }
        note(powers(snapshot, limits), limits, now, &next)
        overdrafts = next
    }

    private func remembered(_ limit: Overdraft.Limit) -> OverdraftMemory {
        overdrafts.first { $0.limit == limit } ?? OverdraftMemory(limit)
    }

    private func note(
        _ node: Int, _ circuit: CircuitNode, _ snapshot: Snapshot, _ limits: SiteLimits, _ now: Moment,
        _ next: inout [OverdraftMemory]
    ) {
        guard case .metered = limits.loads[circuit.id], let sample = snapshot.meters[circuit.id] else { return }
        let chain = limits.overdraft.chains[circuit.id] ?? limits.overdraft.grace
        for phase in Phase.allCases {
            let limit = circuit.limit[phase]
            let excess = sample.current[phase] - limit
            let isOver =
                excess > OverdraftMemory.tolerance(limit, least: 500) && now - sample.at <= BaseLoad.stale
            let known = Overdraft.Limit.node(circuit.id, phase)
            guard isOver || !overdrafts.isEmpty else { continue }
            var memory = remembered(known)
            if isOver {
                let most = bookings.values.reduce(0) { sum, booking in
                    let isBelow = limits.tree.path(from: limits.place(of: booking)).contains(node)
                    return sum + (isBelow ? booking.current(at: now)[phase] : 0)
                }
                memory.note(
                    excess: excess, most: most, chain: chain, period: limits.overdraft.period, at: sample.at)
            } else {
                memory.overSince = nil
            }
            if memory.overSince != nil || memory.until != nil { next.append(memory) }
        }
    }

    /// The powers that are limited, the smallest of each kind.
    private func powers(_ snapshot: Snapshot, _ limits: SiteLimits) -> [PowerLimit] {
        (limits.budgets + snapshot.budgets).reduce(into: []) { powers, power in
            guard let same = powers.firstIndex(where: { $0.limit == power.limit }) else { return powers.append(power) }
            powers[same].milliwatts = min(powers[same].milliwatts, power.milliwatts)
        }
    }

    private func note(
        _ powers: [PowerLimit], _ limits: SiteLimits, _ now: Moment, _ next: inout [OverdraftMemory]
    ) {
        for power in powers {
            let budget = limits.budget(power)
            var drawn = 0
            for (id, booking) in bookings where budget.counts(id) {
                if let node = budget.node {
                    guard limits.tree.path(from: limits.place(of: booking)).contains(node) else { continue }
                }
                drawn += booking.drawn(at: now) * nominalVoltage
            }
            let most = max(0, power.milliwatts)
            var memory = remembered(power.limit)
            if drawn - most > OverdraftMemory.tolerance(most, least: 115_000) {
                memory.note(
                    excess: drawn - most, most: most, chain: limits.overdraft.grace, period: limits.overdraft.period,
                    at: now)
            } else {
                memory.overSince = nil
            }
            if memory.overSince != nil || memory.until != nil { next.append(memory) }
        }
    }
}

extension BoxBooking {
    /// What it draws over all phases by its own meter, in milliamperes; nothing if that is not known.
    fileprivate func drawn(at now: Moment) -> Int {
        guard ability.hasMeter, let newest = draw.newest, now - newest.at <= BaseLoad.stale else { return 0 }
        let current = newest.current.withoutFeedIn
        return current.l1 + current.l2 + current.l3
    }
}

extension PowerLimit {
    var limit: Overdraft.Limit { .budget(node: node, boxes: boxes, cause: cause) }

    func lowered(by overdrafts: [Overdraft]) -> PowerLimit {
        guard let overdraft = overdrafts.first(where: { $0.limit == limit }) else { return self }
        return PowerLimit(milliwatts: milliwatts - overdraft.cut, node: node, boxes: boxes, cause: .overdraft)
    }
}

extension SiteLimits {
    /// The limits as they are while some of them are lowered.
    func lowered(by overdrafts: [Overdraft]) -> SiteLimits {
        guard !overdrafts.isEmpty else { return self }
        var limits = self
        limits.budgets = budgets.map { $0.lowered(by: overdrafts) }
        var cuts: [Int: PhaseCurrents] = [:]
        for overdraft in overdrafts {
            guard case .node(let id, let phase) = overdraft.limit, let node = tree.index(of: id) else { continue }
            cuts[node, default: .zero][phase] = overdraft.cut
        }
        limits.tree = tree.lowered(by: cuts)
        return limits
    }
}

extension Snapshot {
    /// The snapshot with powers that are lowered.
    func lowered(by overdrafts: [Overdraft]) -> Snapshot {
        guard !overdrafts.isEmpty else { return self }
        var snapshot = self
        snapshot.budgets = budgets.map { $0.lowered(by: overdrafts) }
        return snapshot
    }
}
