import DriverAPI
import Licensing
import LoadManagement
import ProfileTrust

/// Turns the latest readings into what load management looks at once a tick.
struct SnapshotBuilder {
    private var site: Site
    private var samples: [String: (meter: String, sample: MeterSample)] = [:]
    private var queue: [String: Int] = [:]
    private var nextPlace = 0
    private var wanted: Set<String> = []
    /// What the licence says of each box; nil where none is asked for.
    var admissions: [String: Admission]?
    /// What may be done by the profile of each device; nil where no trust is asked for.
    var verdicts: [String: ProfileVerdict]?

    init(_ site: Site) { self.site = site }

    /// Goes on with another site file; who waits keeps the place in the queue.
    mutating func replace(_ site: Site) { self.site = site }

    /// The snapshot of `states`; remembers who plugged in first.
    mutating func snapshot(
        _ states: [DeviceState], choices: [String: ChargingChoice] = [:], goals: [String: ChargeGoal] = [:],
        budgets: [PowerLimit] = [], surplus: Int? = nil, masters: [String: Int] = [:],
        phases: [String: Int] = [:]
    ) -> Snapshot {
        Snapshot(
            mode: HostMode(rawValue: site.mode.rawValue) ?? .manage,
            boxes: states.filter { $0.deviceClass == .wallbox && $0.isInUse }.map {
                box($0, choices[$0.entry.id], goals[$0.entry.id], master: masters[$0.entry.id], phases[$0.entry.id])
            },
            meters: meters(states), budgets: budgets, surplus: surplus)
    }

    private mutating func box(
        _ state: DeviceState, _ choice: ChargingChoice?, _ goal: ChargeGoal?, master: Int?, _ phases: Int?
    ) -> BoxSnapshot {
        let id = state.entry.id
        let car = state.text("state").flatMap(CarState.init(rawValue:)) ?? .unknown
        if car.wantsCurrent {
            if wanted.insert(id).inserted || queue[id] == nil {
                nextPlace += 1
                queue[id] = nextPlace
            }
        } else if car != .unknown {
            wanted.remove(id)
        }
        let own = state.entry.box
        return BoxSnapshot(
            id: id, state: car, mode: master == 0 ? .off : choice?.mode ?? own.mode.shared,
            priority: state.entry.priority,
            queue: queue[id] ?? nextPlace + 1, minimum: own.minimum.map(LimitsBuilder.milliamperes),
            maximum: [cable(state), own.maximum.map(LimitsBuilder.atMost), master].compactMap(\.self).min(),
            terminals: terminals(state, phases), withheld: withheld(state), goal: goal)
    }

    private func cable(_ state: DeviceState) -> Int? {
        let limits = ["cable_current", "max_current"].compactMap { state.number($0) }.filter { $0 > 0 }
        return limits.min().map(LimitsBuilder.atMost)
    }

    /// The terminals a box is set to, where the host does not choose them; those that `phases` allows, where it does.
    private func terminals(_ state: DeviceState, _ phases: Int?) -> PhaseSet? {
        let isSwitched = state.description?.charging?.switchesPhases ?? false
        guard !(isSwitched && state.entry.box.switchesPhases && site.sharing.switching != nil) else {
            return phases == 1 ? PhaseSet(first: 1) : nil
        }
        return switch state.number("phases_set")?.asInt {
        case 1: PhaseSet(first: 1)
        case 2: PhaseSet(first: 2)
        default: nil
        }
    }

    /// Whether a box may not be started or raised by its profile.
    func isDistrusted(_ box: String) -> Bool {
        guard let verdicts else { return false }
        return verdicts[box].map { $0.bar(.limit) != nil } ?? true
    }

    private func withheld(_ state: DeviceState) -> BoxSnapshot.Withheld? {
        if case .mismatch = state.link { return .fault }
        if state.failure != nil { return .fault }
        if isDistrusted(state.entry.id) { return .trust }
        guard let admissions else { return nil }
        return admissions[state.entry.id]?.mayRaise ?? false ? nil : .licence
    }

    /// The last sample of each node's meter. A meter that does not answer keeps its last one: load management knows from
    /// its time how long it counts.
    private mutating func meters(_ states: [DeviceState]) -> [String: MeterSample] {
        var result: [String: (meter: String, sample: MeterSample)] = [:]
        for node in site.nodes {
            guard let id = node.meter else { continue }
            let state = states.first { $0.entry.id == id && $0.isInUse }
            if let sample = state.flatMap({ sample($0) }) {
                result[node.id] = (id, sample)
            } else if let last = samples[node.id], last.meter == id {
                result[node.id] = last
            }
        }
        samples = result
        return result.mapValues(\.sample)
    }

    private func sample(_ state: DeviceState) -> MeterSample? {
        guard let (amperes, time) = currents(state) else { return nil }
        let current = amperes.map { LimitsBuilder.milliamperes($0) }
        return MeterSample(
            at: time.nanoseconds,
            current: Rotation(rawValue: state.entry.rotation)?.supply(
                PhaseCurrents(current[0], current[1], current[2]))
                ?? PhaseCurrents(each: current.max() ?? 0),
            counter: state.number("energy_import")?.floor.asInt.map(Int64.init), words: digest(state))
    }

    /// Signed phase currents: most meters show magnitudes, the sign is that of the phase's power.
    private func currents(_ state: DeviceState) -> ([Exact], MonotonicTime)? {
        guard let (amperes, time) = state.phaseCurrents() else { return nil }
        let signed = zip(amperes, ["power.l1", "power.l2", "power.l3"]).map { current, lane in
            guard current > 0, let power = state.number(lane), power < 0 else { return current }
            return current.negated
        }
        return (signed, time)
    }

    private func digest(_ state: DeviceState) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for point in [
            "current.l1", "current.l2", "current.l3", "power", "power.l1", "power.l2", "power.l3", "voltage.l1",
        ] {
            guard let number = state.number(point) else { continue }
            for byte in "\(number)".utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        }
        return hash
    }
}

extension Rotation {
    /// The currents of a meter with this rotation on the phases of the supply; the largest on all when unknown.
    func supply(_ terminals: PhaseCurrents) -> PhaseCurrents { largestOnSupply(terminals) }
}
