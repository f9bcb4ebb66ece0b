import DriverAPI
import LoadManagement

/// Turns what the host knows of a box into what its registers show.
struct WallboxStateBuilder {
    let states: [DeviceState]
    /// The last tick; nil before the first.
    let outcome: ControlLoop.Outcome?
    let mode: Site.Mode

    /// One box of the site.
    func wallbox(_ id: String, confirmed: Int?, cards: UInt16) -> WallboxState {
        guard let state = states.first(where: { $0.entry.id == id }) else { return WallboxState() }
        var box = WallboxState()
        box.isOnline = state.isOnline && state.isInUse && state.failure == nil
        box.state = Self.code(state)
        box.meter = Self.meter(of: state, states)
        box.cable = Self.tenths(state.number("cable_current") ?? 0)
        box.offered = Self.tenths(state.number("current_offered") ?? 0)
        box.followed = followed(state, confirmed)
        box.cardID = state.text("rfid_tag") ?? ""
        box.cardCount = state.number("x_rfid_count")?.asInt.map { UInt16(truncatingIfNeeded: $0) } ?? cards
        box.isOnePhase = state.number("phases_set") == 1
        guard let charging = state.description?.charging else { return box }
        box.rated = max(60, min(630, Self.tenths(charging.maximum)))
        box.fallback = Self.fallback(charging)
        box.wakes = charging.wakesCars
        box.switchesPhases = charging.switchesPhases && mode != .manage
        if state.number("current_offered") == nil, ["C", "D"].contains(state.text("state")) {
            box.offered = min(box.followed ?? 0, box.rated)
        }
        return box
    }

    /// The meter in a box, else the one that is attached to it; nil where it has neither.
    static func meter(of box: DeviceState, _ states: [DeviceState]) -> WallboxState.Meter? {
        let points = box.description?.points ?? []
        if !points.isDisjoint(with: ["power", "current.l1", "energy_total"]) {
            return meter(box, energy: "energy_total")
        }
        let attached = states.first { $0.isInUse && $0.entry.role == .box && $0.entry.of == box.entry.id }
        return attached.map { meter($0, energy: "energy_import") }
    }

    private static func meter(_ state: DeviceState, energy: String) -> WallboxState.Meter {
        WallboxState.Meter(
            power: power(state), energy: state.number(energy).flatMap { UInt64(exactly: $0.floor.numerator) },
            currents: currents(state))
    }

    private func followed(_ state: DeviceState, _ confirmed: Int?) -> UInt16? {
        Self.followed(state, outcome) ?? confirmed.map(Self.tenths)
    }

    /// What a box may be following: what its registers say, for how long its car takes to follow that a master reckons
    /// itself; what is booked for it where they cannot be read.
    static func followed(_ state: DeviceState, _ outcome: ControlLoop.Outcome?) -> UInt16? {
        if state.isOnline, let read = state.readBack() { return tenths(read.amperes) }
        return (outcome?.decision.boxes[state.entry.id]?.booked.largest).map(tenths)
    }

    static func fallback(_ charging: ChargingAbility) -> WallboxState.Fallback {
        switch charging.watchdog {
        case .none: .never
        case .falls(let limit, let after):
            .falls(seconds: UInt32(clamping: Int(after.inSeconds.rounded(.up))), current: tenths(limit))
        case .unknown(let after):
            .falls(seconds: UInt32(clamping: Int(after.inSeconds.rounded(.up))), current: tenths(charging.maximum))
        }
    }

    /// 8092; a state that is not known is an error.
    static func code(_ state: DeviceState) -> UInt16 {
        switch state.text("state") {
        case "A": 0
        case "B": 1
        case "C": 2
        case "D": 3
        case "E": 4
        case "F" where state.text("state.reason") == "dc-fault-current": 9
        default: 5
        }
    }

    static func power(_ state: DeviceState) -> Int32? {
        state.number("power").map { Int32(clamping: Int64(clamping: $0.rounded.numerator)) }
    }

    /// 0.1 A, with the sign of the phase's power: most meters show magnitudes.
    static func currents(_ state: DeviceState) -> [Int32]? {
        guard let (amperes, _) = state.phaseCurrents() else { return nil }
        return zip(amperes, ["power.l1", "power.l2", "power.l3"]).map { current, lane in
            let tenths = current.multiplied(by: 10).map { Int32(clamping: Int64(clamping: $0.rounded.numerator)) } ?? 0
            guard tenths > 0, let power = state.number(lane), power < 0 else { return tenths }
            return -tenths
        }
    }

    /// 0.1 A, rounded up: what may flow is never understated.
    static func tenths(_ amperes: Exact) -> UInt16 {
        guard amperes > 0, let exact = amperes.multiplied(by: 10) else { return 0 }
        return UInt16(clamping: Int64(clamping: exact.negated.floor.negated.numerator))
    }

    /// 0.1 A of mA, rounded up.
    static func tenths(_ milliamperes: Int) -> UInt16 { UInt16(clamping: (max(0, milliamperes) + 99) / 100) }
}

extension DeviceState {
    /// Whether it answers.
    var isOnline: Bool { if case .online = link { true } else { false } }
}
