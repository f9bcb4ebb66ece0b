extension SurplusPlan {
    private func set(_ place: Int) -> PhaseSet { memory.phases[id(place)]?.set ?? input.boxes[place].terminals }

    private func wide(_ place: Int) -> PhaseSet { booking(place).ability.terminals }

    func single(_ place: Int) -> PhaseSet {
        let wired = wide(place)
        let single = booking(place).ability.switching?.single.intersection(wired) ?? wired
        return single.isEmpty ? wired : single
    }

    /// Whether the host may choose the terminals: no person has chosen them, it may be started, and it does switch.
    private func isFree(_ place: Int) -> Bool {
        guard memory.phases[id(place)]?.isStuck == false else { return false }
        guard case .share(_, nil) = wishes.boxes[rank(place)].wish else { return false }
        return wishes.boxes[rank(place)].box.terminals == nil
    }

    private func isTold(_ place: Int) -> Bool { booking(place).lastTold?.value ?? 0 > 0 }

    /// The boxes on all their terminals that would be better off with one: they do not get their minimum, or have it
    /// though the surplus does not cover it.
    func narrowing(_ shares: [Allocation]) -> [Int] {
        let open = switchable.filter { place in
            isFree(place) && set(place) == wide(place) && single(place) != wide(place)
                && !input.boxes[place].terminals.isSubset(of: single(place))
        }
        var narrow: Set<Int> = []
        var missing = -surplus
        for place in sunny where mode(place) == .minSurplus && !isResting(place) {
            missing += minimum(input.boxes[place])
        }
        for place in open.reversed() {
            if mode(place) == .minSurplus, missing > 0 {
                let demand = input.boxes[place]
                missing -= minimum(demand) - power(demand.minimum, single(place))
                narrow.insert(place)
            } else if shares[place].current == 0, mode(place).isSunny || limits.switching.isForCrowding {
                narrow.insert(place)
            }
        }
        return narrow.sorted()
    }

    /// Switches boxes to one phase that there was too little for all of them for long enough.
    mutating func switchDown(_ narrow: [Int], _ best: [Allocation]) {
        let narrow = Set(narrow)
        for place in switchable {
            let id = id(place)
            guard narrow.contains(place), best[place].current > 0 else {
                memory.phases[id]?.downSince = nil
                continue
            }
            let since = memory.phases[id]?.downSince ?? now
            memory.phases[id]?.downSince = since
            // One that waits for the surplus loses nothing by being switched at once.
            let delay = mode(place).isSunny && !isTold(place) ? 0 : limits.switching.down
            if now - since >= delay { switchOver(place, to: single(place)) }
        }
    }

    /// Switches boxes to all their phases where there was enough for them for long enough, or a person's choice.
    mutating func switchUp(_ shares: [Allocation]) {
        for place in switchable { choose(place) }
        let open = switchable.filter { place in
            isFree(place) && set(place) == single(place) && single(place) != wide(place)
        }
        let fitting = Set(fit(open.filter { wants(more: $0, shares) }, shares))
        for place in open {
            let id = id(place)
            guard fitting.contains(place) else {
                memory.phases[id]?.upSince = nil
                continue
            }
            let since = memory.phases[id]?.upSince ?? now
            memory.phases[id]?.upSince = since
            let delay = mode(place).isSunny || limits.switching.isForCrowding ? limits.switching.up : 0
            if now - since >= delay { switchOver(place, to: wide(place)) }
        }
    }

    /// A person's choice of terminals holds at once.
    private mutating func choose(_ place: Int) {
        guard let chosen = wishes.boxes[rank(place)].box.terminals?.intersection(wide(place)), !chosen.isEmpty,
            chosen != set(place), case .share(_, nil) = wishes.boxes[rank(place)].wish
        else { return }
        let pause = isTold(place) ? booking(place).ability.switching?.pause : nil
        memory.phases[id(place)]?.switchOver(to: chosen, pause: pause, at: now)
    }

    /// Whether a box on one phase has a use for all: with the surplus, if what is left over covers the rest of their minimum.
    private func wants(more place: Int, _ shares: [Allocation]) -> Bool {
        guard mode(place).isSunny else { return true }
        guard isCharging(place), !isResting(place) else { return false }
        var left = surplus
        for other in sunny where other != place && !isResting(other) {
            left -= power(shares[other].current, input.boxes[other].terminals)
        }
        return left >= power(input.boxes[place].minimum, wide(place))
    }

    /// Those of `candidates` that together would get their minimum on all phases, and no less power than now, while nobody
    /// else loses its minimum.
    private func fit(_ candidates: [Int], _ shares: [Allocation]) -> [Int] {
        var kept = candidates
        // Each round that fails has fewer of them; a few rounds settle all but crowds, which wait for the next tick.
        for _ in 0..<4 where !kept.isEmpty {
            let next = trial(with: kept.map { ($0, wide($0)) })
            let gaining = kept.filter { place in
                next[place].current > 0
                    && power(next[place].current, wide(place))
                        >= power(shares[place].current, input.boxes[place].terminals)
            }
            if gaining.count < kept.count {
                kept = gaining
            } else if input.boxes.indices.contains(where: { shares[$0].current > 0 && next[$0].current == 0 }) {
                kept.removeLast()
            } else {
                return kept
            }
        }
        return []
    }

    private mutating func switchOver(_ place: Int, to terminals: PhaseSet) {
        let id = id(place)
        guard let state = memory.phases[id] else { return }
        let booking = booking(place)
        guard booking.lastTold != nil else {
            // Its first order says so; nothing has to be switched.
            memory.phases[id]?.set = terminals
            return
        }
        guard state.mayBeSwitched(limits.switching, at: now) else { return }
        let pause = isTold(place) ? booking.ability.switching?.pause : nil
        memory.phases[id]?.switchOver(to: terminals, pause: pause, at: now)
    }
}
