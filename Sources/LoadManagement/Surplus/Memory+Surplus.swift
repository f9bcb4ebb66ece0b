extension Memory {
    /// Keeps what is known of boxes that take part, plans the terminals of boxes that can be switched, forgets the rest.
    mutating func prepare(_ wishes: inout Wishes, _ limits: SiteLimits, _ now: Moment) {
        var switchable: Set<String> = []
        for rank in wishes.boxes.indices {
            let (id, box) = (wishes.boxes[rank].id, wishes.boxes[rank].box)
            let booking = bookings.values[wishes.boxes[rank].booking]
            guard booking.ability.switching != nil else { continue }
            switchable.insert(id)
            var state =
                phases[id]
                ?? PhaseMemory(
                    set: booking.lastTold?.terminals ?? box.terminals ?? booking.shown ?? booking.ability.terminals,
                    // Nobody knows when it was last switched before the host started.
                    switchedAt: booking.lastTold == nil ? nil : now)
            if !box.state.wantsCurrent, box.state != .unknown {
                state.switches = 0
                state.isStuck = false
                state.upSince = nil
                state.downSince = nil
            }
            if let shown = booking.shownInstead(of: state.set, since: state.switchedAt, at: now) {
                state.switchOver(to: shown, pause: nil, at: now)
                state.isStuck = true
            }
            phases[id] = state
            wishes.boxes[rank].terminals = state.set
            if case .share(var demand, let cause) = wishes.boxes[rank].wish {
                demand.terminals = booking.terminals(chargingOn: state.set)
                wishes.boxes[rank].wish = .share(demand, cause: cause)
            }
        }
        if !phases.isEmpty { phases = phases.filter { switchable.contains($0.key) } }
        guard !surplus.isEmpty else { return }
        var kept: [String: SurplusMemory] = [:]
        for box in wishes.boxes where box.box.mode == .surplus {
            guard var state = surplus[box.id] else { continue }
            switch box.wish {
            case .share:
                state.note(bookings.values[box.booking], at: now)
                kept[box.id] = state
            case .fixed: kept[box.id] = state
            case .given: continue
            }
        }
        surplus = kept
    }

    /// Whether a box that does not go by the surplus may have to be switched, or is being switched.
    func mayHaveToSwitch(_ box: RankedBox, _ limits: SiteLimits, _ now: Moment) -> Bool {
        guard let state = phases[box.id] else { return false }
        let booking = bookings.values[box.booking]
        return limits.switching.isForCrowding || box.box.terminals != nil || state.set != booking.ability.terminals
            || state.isPausing(booking, at: now)
    }

    /// With what boxes that go by the surplus were told, whose echo in the meters is not to be taken for the sun.
    func noting(_ orders: [Order], before: Memory, _ wishes: Wishes, _ now: Moment) -> Memory {
        guard !orders.isEmpty else { return self }
        var power = 0
        let sunny = Set(wishes.boxes.lazy.filter(\.box.mode.isSunny).map(\.id))
        for order in orders where sunny.contains(order.box) {
            let told = before.bookings[order.box]?.lastTold
            let old = told.map { $0.value * $0.terminals.count } ?? 0
            power += (order.value * order.terminals.count - old) * nominalVoltage
        }
        guard power != 0 else { return self }
        var memory = self
        memory.sight.ordered(power, at: now)
        return memory
    }
}
