import DriverAPI
import Foundation
import LoadManagement

/// Makes the document of the whole site out of the last tick.
struct StatusBuilder {
    let site: Site
    let started: MonotonicTime

    /// The document of `states`, which may be newer than the tick of `outcome`.
    func status(
        _ outcome: ControlLoop.Outcome, states: [DeviceState], alarms: [String], now: MonotonicTime
    ) -> SiteStatus {
        SiteStatus(
            name: site.name, role: site.role.rawValue, mode: site.mode.rawValue, time: UTCText.now(),
            uptime_s: started.duration(to: now).inSeconds.rounded(), power: PowerBalance(states),
            circuits: site.nodes.map { circuit($0, outcome.decision, states) },
            limits: limits(outcome),
            boxes: boxes(outcome, states: states, now: now),
            instruments: states.filter { $0.deviceClass != .wallbox }.map(instrument), alarms: alarms,
            links: site.links.isEmpty ? nil : site.links)
    }

    /// The boxes alone.
    func boxes(_ outcome: ControlLoop.Outcome, states: [DeviceState], now: MonotonicTime) -> [SiteStatus.Box] {
        // By their places: a state is large, and hundreds of them are no boxes.
        states.indices.filter { states[$0].deviceClass == .wallbox }.map { box(states[$0], outcome, now) }
            + gone(outcome, states)
    }

    private func circuit(_ node: SiteCircuit, _ decision: Decision, _ states: [DeviceState]) -> SiteStatus.Circuit {
        let result = decision.nodes[node.id]
        let meter = node.meter.flatMap { id in states.first { $0.entry.id == id } }
        return SiteStatus.Circuit(
            id: node.id, parent: node.parent, limit_a: node.limit.map(\.double), reserve_a: node.reserve.double,
            usable_a: node.limit.map { max(0, $0.double - node.reserve.double) }, meter: node.meter,
            measured_a: meter?.phaseCurrents()?.amperes.map(\.double), base_a: amperes(result?.base),
            booked_a: amperes(result?.booked), drawn_a: drawn(below: node.id, states), blind: result?.isBlind ?? false)
    }

    /// What the boxes on a node and on those below it measure, on the phases of the supply.
    private func drawn(below node: String, _ states: [DeviceState]) -> [Double]? {
        let nodes = site.nodes(below: node)
        let currents = states.filter { $0.deviceClass == .wallbox && nodes.contains($0.entry.circuit) }.compactMap {
            state -> PhaseCurrents? in
            guard let measured = state.phaseCurrents() else { return nil }
            let terminals = measured.amperes.map { LimitsBuilder.milliamperes($0) }
            return (Rotation(rawValue: state.entry.rotation) ?? .unknown).supply(
                PhaseCurrents(terminals[0], terminals[1], terminals[2]))
        }
        guard !currents.isEmpty else { return nil }
        return Phase.allCases.map { phase in Double(currents.reduce(0) { $0 + $1[phase] }) / 1000 }
    }

    private func limits(_ outcome: ControlLoop.Outcome) -> [SiteStatus.Limit] {
        let byHand = outcome.operatorLimit.map { limit in
            SiteStatus.Limit(
                id: "operator", cause: "operator", power_w: limit.power_w,
                until: limit.until.map { UTCText.text(time_t($0)) })
        }
        let outside = zip(outcome.inputs, outcome.budgets.suffix(outcome.inputs.count)).map { active, budget in
            SiteStatus.Limit(
                id: active.input.id, cause: active.input.kind.rawValue, power_w: Double(budget.milliwatts) / 1000,
                circuit: budget.node, is_lost: active.isLost)
        }
        return (byHand.map { [$0] } ?? []) + outside
    }

    private func box(_ state: DeviceState, _ outcome: ControlLoop.Outcome, _ now: MonotonicTime) -> SiteStatus.Box {
        let result = outcome.decision.boxes[state.entry.id]
        let choice = outcome.choices[state.entry.id]
        return SiteStatus.Box(
            id: state.entry.id, title: state.title, circuit: state.entry.circuit, own: state.entry.own,
            rotation: state.entry.rotation,
            link: state.entry.enabled || result != nil ? state.link.word : "disabled",
            link_text: state.failure ?? state.link.text, state: state.text("state"),
            mode: choice?.mode.rawValue ?? state.entry.box.mode.rawValue, is_chosen: choice != nil,
            phases: result?.told == nil ? nil : result?.terminals.count,
            next_turn_min: result?.nextTurn.map {
                max(0, Int(($0 - now.nanoseconds + 59_999_999_999) / 60_000_000_000))
            },
            told_a: result?.told.map { Double($0) / 1000 }, offered_a: state.number("current_offered")?.double,
            drawn_a: state.phaseCurrents()?.amperes.map(\.double),
            max_a: state.description?.charging?.maximum.double, power_w: state.number("power")?.double,
            session_energy_wh: state.number("energy_session")?.double,
            booked_a: Double(result?.booked.largest ?? 0) / 1000,
            master_a: outcome.masters[state.entry.id].map { Double($0) / 1000 }, reason: result?.reason.word,
            why: why(state, result, outcome.masters[state.entry.id], outcome.stations[state.entry.id]))
    }

    /// Boxes that are booked though the site file has them no more and nothing is open to stop them.
    private func gone(_ outcome: ControlLoop.Outcome, _ states: [DeviceState]) -> [SiteStatus.Box] {
        if outcome.leaving.isEmpty { return [] }
        let shown = Set(states.map(\.entry.id))
        return outcome.leaving.filter { !shown.contains($0.key) }.sorted { $0.key < $1.key }.map { id, circuit in
            let result = outcome.decision.boxes[id]
            return SiteStatus.Box(
                id: id, title: id, circuit: circuit, link: "removed",
                link_text: "it is not in the site file any more", told_a: result?.told.map { Double($0) / 1000 },
                booked_a: Double(result?.booked.largest ?? 0) / 1000,
                why: "it is booked until it is forgotten, for nobody has seen it stop")
        }
    }

    private func why(_ state: DeviceState, _ result: BoxDecision?, _ master: Int?, _ station: Int?) -> String {
        if !state.isInUse {
            let gone = state.entry.enabled ? "it has left the site" : "it is disabled"
            return result == nil ? gone : gone + " and is stopped; it is booked until that is confirmed"
        }
        if let failure = state.failure { return failure }
        switch state.text("state") {
        case "A": return "no car"
        case "F", "E": return "the box reports a fault"
        default:
            if let master, site.mode != .manage || (result?.target ?? 0) >= master { return Self.words(master) }
            if let station, (result?.target ?? 0) >= station { return Self.wordsOfStation(station) }
            return result?.reason.description ?? "not decided yet"
        }
    }

    private static func words(_ master: Int) -> String {
        guard master > 0, let amperes = Exact(Int128(master), over: 1000) else { return "its master above stops it" }
        return "its master above allows \(amperes) A"
    }

    private static func wordsOfStation(_ allowed: Int) -> String {
        guard allowed > 0, let amperes = Exact(Int128(allowed), over: 1000) else {
            return "nobody is authorised to charge, or the backend stops it"
        }
        return "the backend allows \(amperes) A"
    }

    private func instrument(_ state: DeviceState) -> SiteStatus.Instrument {
        SiteStatus.Instrument(
            id: state.entry.id, title: state.title, device_class: state.deviceClass.rawValue,
            role: state.entry.role?.rawValue, link: state.link.word, link_text: state.failure ?? state.link.text,
            power_w: state.number("power")?.double, current_a: state.phaseCurrents()?.amperes.map(\.double),
            energy_import_wh: state.number("energy_import")?.double,
            energy_export_wh: state.number("energy_export")?.double, soc_percent: state.number("soc")?.double)
    }

    private func amperes(_ currents: PhaseCurrents?) -> [Double] {
        guard let currents else { return [0, 0, 0] }
        return Phase.allCases.map { Double(currents[$0]) / 1000 }
    }
}
