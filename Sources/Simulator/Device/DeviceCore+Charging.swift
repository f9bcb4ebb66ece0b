import DeviceProfiles
import DriverAPI
import ReadPlanning

extension DeviceCore {
    /// The least current that can be signalled, in mA (IEC 61851-1).
    private static let leastPilot = 6000

    /// Whether the device charges cars.
    var isWallbox: Bool { map.profile.deviceClass == .wallbox }

    /// The car and the current that the registers show.
    var beginning: WallboxModel.Beginning {
        var beginning = WallboxModel.Beginning()
        let currents = (1...3).map { milli(number("current.l\($0)")) }
        let highest = currents.max() ?? 0
        let drawing = currents.filter { $0 > 0 }.count
        beginning.car = car(
            in: decoded("state")?.value?.text,
            like: SimulatedCar(maximum: max(16_000, highest), phases: drawing > 0 ? drawing : 3))
        beginning.current = beginning.car?.wantsEnergy == true ? highest : 0
        beginning.boxPhases = number("phases_active")?.asInt ?? 3
        beginning.energy = number("energy_total") ?? 0
        beginning.session = number("energy_session") ?? 0
        beginning.sessionTime = number("session_time") ?? 0
        beginning.offered = offer
        return beginning
    }

    /// The car that a state speaks of: none in A, one that waits in B, one that charges in C and D.
    private func car(in state: String?, like car: SimulatedCar) -> SimulatedCar? {
        var car = car
        switch state {
        case "B": car.wantsEnergy = false
        case "C", "D": car.wantsEnergy = true
        default: return nil
        }
        return car
    }

    /// Registers were set from outside: they stay so, and a state among them tells of the car.
    mutating func pin(_ words: [RegisterTable: [Int: UInt16]]) {
        image.merge(words)
        for (table, changes) in words { pinned[table, default: []].formUnion(changes.keys) }
        guard isAwake, let model, !isFaulty else { return }
        let shown = decoded("state")?.value
        if shown != state(of: model) {
            let car = car(in: shown?.text, like: model.car ?? SimulatedCar())
            self.model?.connect(car, at: now)
        }
        reconsider()
    }

    /// The state that the model is in.
    func state(of model: WallboxModel) -> Value { .member(model.car == nil ? "A" : model.isCharging ? "C" : "B") }

    /// Whether the registers show a fault; then nothing is offered.
    var isFaulty: Bool {
        guard let state = decoded("state")?.value?.text else { return false }
        return state == "E" || state == "F"
    }

    /// Something changed that the car may have to follow.
    mutating func reconsider() {
        isAwake = true
        shown = [:]
        let (offer, phases) = (offer, boxPhases)
        if offer != model?.offered || phases != model?.boxPhases { model?.offer(offer, phases: phases, at: now) }
        isStale = true
    }

    /// A car comes, goes or changes its mind.
    mutating func connect(_ car: SimulatedCar?) {
        pinned = [:]
        model?.connect(car, at: now)
        reconsider()
    }

    /// The current that the box signals now, in mA; 0 for none.
    var offer: Int {
        if isFaulty || !isAllowed { return 0 }
        let limit = milli([watchdogLimit ?? toldLimit, highest].compactMap { $0 }.min())
        return limit < DeviceCore.leastPilot ? 0 : limit
    }

    /// The phases that the box switches through.
    var boxPhases: Int {
        let phases = number("phases_set")?.asInt ?? model?.boxPhases ?? number("phases_active")?.asInt ?? 3
        return (1...3).contains(phases) ? phases : 3
    }

    private var isAllowed: Bool {
        guard let point = map.point("charging_allowed") else { return true }
        let shown = point.place == nil ? written["charging_allowed"] : nil
        return (shown ?? decoded("charging_allowed")?.value)?.bool ?? true
    }

    /// What the device was told, in A; nil for no limit. `off` counts as 0.
    private var toldLimit: Exact? {
        guard let charge = map.profile.control.charge, let point = map.point(charge.set) else { return nil }
        if isOff(charge, point.definition) { return 0 }
        let shown = point.place == nil ? written[charge.set] : decoded(charge.set)?.value
        return shown?.number.flatMap { amperes($0, as: point.definition) }
    }

    /// What the device limits itself to when it has heard nothing for too long; nil while it follows its host.
    private var watchdogLimit: Exact? {
        guard let watchdog, watchdog.hasFallen else { return nil }
        switch watchdog.rule.deviceThen {
        case .limitsToPoint(let name):
            return map.point(name).flatMap { point in number(name).flatMap { amperes($0, as: point.definition) } }
        case .limitsTo(let limit):
            let set = map.profile.control.charge.flatMap { map.point($0.set)?.definition }
            return set.flatMap { amperes(limit, as: $0) } ?? limit
        case .stops: return 0
        case .keeps, .unknown: return nil
        }
    }

    /// The most the box can offer: the top of the set-point's range, its own maximum, the cable.
    private var highest: Exact? {
        let set = map.profile.control.charge.flatMap { map.point($0.set)?.definition }
        let top = set.flatMap { set in set.writeRange(in: scope).flatMap { amperes($0.upperBound, as: set) } }
        let own = ["max_current", "rated_current", "cable_current"].compactMap { number($0) }.filter { $0 > 0 }
        return (own + [top].compactMap { $0 }).min()
    }

    private func isOff(_ charge: ChargeControl, _ point: PointDefinition) -> Bool {
        guard let off = charge.off, let place = point.write?.place else { return false }
        let encoded: EncodedWrite? =
            switch off {
            case .value(let value): try? point.encodeOff(value, in: scope)
            case .raw(let raw): try? point.encodeRaw(raw, in: scope)
            case .expression: nil
            }
        guard written[point.name] != nil || point.place == place else { return false }
        return encoded?.words == image[place.table, place.range]
    }

    /// A value of a point in A, W or % as A per phase.
    private func amperes(_ value: Exact, as point: PointDefinition) -> Exact? {
        guard case .number(let unit) = point.value.kind else { return value }
        switch unit.dimension {
        case .power: return value.divided(by: Exact(WallboxModel.voltage * boxPhases))
        case .ratio:
            let full = map.profile.control.charge?.of?.evaluate(in: scope).value?.number
            let share = full.flatMap { $0.multiplied(by: value)?.divided(by: 100) }
            return share
        default: return value
        }
    }

    private func milli(_ current: Exact?) -> Int { current?.multiplied(by: 1000)?.floor.asInt ?? 0 }
}
