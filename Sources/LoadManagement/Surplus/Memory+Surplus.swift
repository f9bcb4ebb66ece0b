extension Memory {
    /// Keeps what is known of boxes that take part, plans the terminals of boxes that can be switched, forgets the rest.
    mutating func prepare(_ wishes: inout Wishes, _ limits: SiteLimits, _ now: Moment) {
        for (id, booking) in bookings where booking.ability.switching != nil {
            let box = wishes.boxes[id]
            var state =
                phases[id]
                ?? PhaseMemory(
                    set: booking.lastTold?.terminals ?? box?.terminals ?? booking.shown ?? booking.ability.terminals,
                    // Nobody knows when it was last switched before the host started.
                    switchedAt: booking.lastTold == nil ? nil : now)
            if let car = box?.state, !car.wantsCurrent, car != .unknown {
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
            wishes.terminals[id] = state.set
            if case .share(var demand, let cause) = wishes.wishes[id] {
                demand.terminals = booking.terminals(chargingOn: state.set)
                wishes.wishes[id] = .share(demand, cause: cause)
            }
        }
        if !phases.isEmpty { phases = phases.filter { wishes.terminals[$0.key] != nil } }
        guard !surplus.isEmpty else { return }
        for id in surplus.keys {
            if case .share = wishes.wishes[id], wishes.boxes[id]?.mode == .surplus, let booking = bookings[id] {
                surplus[id]?.note(booking, at: now)
            } else if case .fixed = wishes.wishes[id], wishes.boxes[id]?.mode == .surplus {
                continue
            } else {
                surplus[id] = nil
            }
        }
    }

    /// Whether a box that does not go by the surplus may have to be switched, or is being switched.
    func mayHaveToSwitch(_ id: String, _ wishes: Wishes, _ limits: SiteLimits, _ now: Moment) -> Bool {
        guard let booking = bookings[id], let state = phases[id] else { return false }
        return limits.switching.isForCrowding || wishes.boxes[id]?.terminals != nil
            || state.set != booking.ability.terminals || state.isPausing(booking, at: now)
    }

    /// With what boxes that go by the surplus were told, whose echo in the meters is not to be taken for the sun.
    func noting(_ orders: [Order], before: Memory, _ wishes: Wishes, _ now: Moment) -> Memory {
        var power = 0
        for order in orders where wishes.boxes[order.box]?.mode.isSunny ?? false {
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
