extension SurplusPlan {
    /// Counts the delays of the boxes that have to wait for the surplus: `shares` is what they would get on the terminals
    /// they are on, `best` what they would get on those they could be switched to.
    mutating func count(_ shares: [Allocation], _ best: [Allocation]) {
        var ready: [Int] = []
        for place in sunny where mode(place) == .surplus {
            let id = id(place)
            var state = memory.surplus[id] ?? SurplusMemory(isOn: booking(place).lastTold?.value ?? 0 > 0)
            let isReady = state.count(isEnough: best[place].current > 0, limits.surplus, at: now)
            if isReady && shares[place].current > 0 { ready.append(place) }
            memory.surplus[id] = state
        }
        start(ready)
    }

    /// Starts boxes as far as the surplus is not still held by others that are about to stop.
    private mutating func start(_ ready: [Int]) {
        guard !ready.isEmpty else { return }
        var left = surplus
        for place in sunny where isCharging(place) && !isResting(place) { left -= minimum(input.boxes[place]) }
        for place in ready where minimum(input.boxes[place]) <= left {
            left -= minimum(input.boxes[place])
            memory.surplus[id(place)] = SurplusMemory(isOn: true)
        }
    }

    /// Why a box that is off does not charge, where `share` is what it would get without delays.
    private func reason(_ share: Allocation) -> Reason {
        switch share.reason {
        case _ where share.current > 0, .queue(node: nil, phase: nil): .budget(.surplus)
        default: share.reason
        }
    }

    func isCharging(_ place: Int) -> Bool {
        mode(place) == .minSurplus || memory.surplus[id(place)]?.isOn ?? false
    }

    /// Puts down what the timers allow, for sharing.
    mutating func settle(_ shares: [Allocation]) {
        var demands = input.boxes
        var counted: [Int] = []
        for place in switchable {
            let id = id(place)
            guard let phases = memory.phases[id] else { continue }
            let booking = booking(place)
            wishes.boxes[rank(place)].terminals = phases.set
            demands[place].terminals = booking.terminals(chargingOn: phases.set)
            if phases.isPausing(booking, at: now) { wishes.boxes[rank(place)].isPausing = true }
        }
        for place in sunny {
            guard isCharging(place) else {
                let reason = reason(shares[place])
                wishes.boxes[rank(place)].wish = .given(booking(place).least, reason)
                wishes.boxes[rank(place)].isPausing = false
                continue
            }
            demands[place].hasFreeMinimum = true
            if isResting(place) {
                demands[place].maximum = min(demands[place].maximum, demands[place].minimum)
            } else {
                counted.append(place)
            }
        }
        for place in Set(sunny + switchable) {
            if case .share(_, let cause) = wishes.boxes[rank(place)].wish {
                wishes.boxes[rank(place)].wish = .share(demands[place], cause: cause)
            }
        }
        if !sunny.isEmpty { wishes.surplus = budget(demands, counted) }
    }
}
