import DeviceProfiles
import DriverAPI

extension DeviceCore {
    /// Brings the registers up to date with what runs down and what the car does.
    mutating func refresh() {
        guard isStale else { return }
        isStale = false
        for (name, timer) in timers {
            let (value, isOver) = timer.value(at: now)
            show(value, as: name)
            if isOver { timers[name] = nil }
        }
        guard isAwake, let model, !isFaulty else { return }
        let before = pinned.isEmpty ? nil : image
        showMeasurements(model)
        showState(model)
        guard let before else { return }
        for (table, addresses) in pinned {
            for address in addresses { image[table, address] = before[table, address] }
        }
    }

    private mutating func showMeasurements(_ model: WallboxModel) {
        var values: [(String, Exact)] = [("current_offered", amperes(model.offered))]
        var total = Exact.zero
        for phase in 1...3 {
            values.append(("current.l\(phase)", amperes(model.current(phase: phase))))
            values.append(("power.l\(phase)", model.power(phase: phase)))
            total = total.adding(model.power(phase: phase)) ?? total
        }
        values.append(("current", amperes(model.current(phase: 1))))
        values.append(("phases_active", Exact(model.phases)))
        values.append(("session_time", model.sessionTime))
        values.append(("energy_session", model.sessionEnergy))
        values.append(("energy_total", model.energy))
        values.append(("power", total))
        let (read, derived) = split(values)
        for (name, value) in read { show(.number(value), as: name) }
        for (name, value) in derived where !isNear(number(name), value) { show(.number(value), as: name) }
    }

    /// The state by itself where it is a register; where it is calculated, together with what else is.
    private mutating func showState(_ model: WallboxModel) {
        let state = state(of: model)
        if map.point("state")?.place != nil {
            if decoded("state")?.value != state { show(state, as: "state") }
            return
        }
        var targets = [(point: "state", value: state)]
        if let allowed = written["charging_allowed"] { targets.append(("charging_allowed", allowed)) }
        if let image = MemberSearch(targets: targets).image(in: scope) { self.image = image }
    }

    /// The new values of points with registers, and those of calculated ones.
    private mutating func split(_ values: [(String, Exact)]) -> (read: [(String, Exact)], derived: [(String, Exact)]) {
        let known = values.filter { shown[$0.0] != $0.1 && map.point($0.0) != nil }
        for (name, value) in known { shown[name] = value }
        return (known.filter { map.point($0.0)?.place != nil }, known.filter { map.point($0.0)?.place == nil })
    }

    /// Whether a calculated value comes out right already, to 1 % of what its registers can say.
    private func isNear(_ shown: Exact?, _ wanted: Exact) -> Bool {
        guard let difference = shown?.subtracting(wanted)?.magnitude,
            let allowed = wanted.magnitude.divided(by: 100)
        else { return false }
        return difference <= allowed && difference <= 100
    }

    private func amperes(_ milli: Int) -> Exact { Exact(Int128(milli), over: 1000) ?? 0 }
}
