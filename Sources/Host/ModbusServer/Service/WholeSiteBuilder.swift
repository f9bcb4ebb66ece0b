import DriverAPI
import LoadManagement

/// Shows all boxes of a site as one: for a master above, the site is a box whose limit is one for all of them.
struct WholeSiteBuilder {
    let states: [DeviceState]
    let outcome: ControlLoop.Outcome?
    let site: Site
    /// What each box had counted when it last showed it, in Wh, so that the sum never falls when one is silent.
    private(set) var energies: [String: UInt64]

    init(_ states: [DeviceState], _ outcome: ControlLoop.Outcome?, _ site: Site, energies: [String: UInt64]) {
        self.states = states
        self.outcome = outcome
        self.site = site
        self.energies = energies
    }

    private var boxes: [DeviceState] { states.filter { $0.deviceClass == .wallbox && $0.isInUse } }

    /// The site as one box. It answers while at least one box does: what silent ones may draw is in what it follows.
    mutating func wallbox() -> WallboxState {
        var all = WallboxState()
        all.isSite = true
        let online = boxes.filter(\.isOnline)
        all.isOnline = !online.isEmpty
        let codes = online.map(WallboxStateBuilder.code)
        // A car that charges comes first, then one that waits; a fault only where nothing else is.
        all.state = [3, 2, 1, 0].first(where: codes.contains) ?? codes.max() ?? 5
        all.meter = meter()
        let followed = boxes.map { WallboxStateBuilder.followed($0, outcome) }
        if followed.allSatisfy({ $0 != nil }) {
            all.followed = UInt16(clamping: followed.reduce(0) { $0 + Int($1 ?? 0) })
        }
        all.offered = codes.contains { $0 == 2 || $0 == 3 } ? all.followed ?? 0 : 0
        all.rated = max(60, site.supply.limit.min().map(WallboxStateBuilder.tenths) ?? 630)
        all.fallback = fallback()
        return all
    }

    private mutating func meter() -> WallboxState.Meter? {
        var sum = WallboxState.Meter()
        var hasMeter = false
        for box in boxes {
            guard let meter = WallboxStateBuilder.meter(of: box, states) else { continue }
            hasMeter = true
            if let power = meter.power { sum.power = (sum.power ?? 0) &+ power }
            if let energy = meter.energy { energies[box.entry.id] = energy }
            if let currents = meter.currents {
                let rotation = Rotation(rawValue: box.entry.rotation) ?? .unknown
                let supply = rotation.supply(
                    PhaseCurrents(Int(currents[0]), Int(currents[1]), Int(currents[2])))
                let phases = Phase.allCases.map { Int32(clamping: supply[$0]) }
                sum.currents = zip(sum.currents ?? [0, 0, 0], phases).map { $0 &+ $1 }
            }
        }
        if !energies.isEmpty { sum.energy = energies.values.reduce(0, &+) }
        return hasMeter ? sum : nil
    }

    /// All fall back one after the other; together they may be at the sum of what each falls back to.
    private func fallback() -> WallboxState.Fallback? {
        var seconds: UInt32 = 0
        var current = 0
        for box in boxes {
            guard let charging = box.description?.charging else { return nil }
            switch WallboxStateBuilder.fallback(charging) {
            case .never: return .never
            case .falls(let after, let tenths):
                seconds = max(seconds, after)
                current += Int(tenths)
            }
        }
        return .falls(seconds: seconds, current: UInt16(clamping: current))
    }
}
