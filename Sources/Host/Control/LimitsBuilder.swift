import DriverAPI
import LoadManagement

/// Turns the site file, and what is known of the devices, into what load management calculates with.
struct LimitsBuilder {
    private let site: Site
    private let tree: CircuitTree
    private let forecasts: [String: BoxSetup]

    /// `forecasts` says what a box can do before it said so itself. Throws ``CircuitError`` for a tree that cannot be.
    init(_ site: Site, forecasts: [String: BoxSetup] = [:]) throws(CircuitError) {
        self.site = site
        self.forecasts = forecasts
        tree = try CircuitTree(
            site.nodes.map { node in
                CircuitNode(
                    id: node.id, limit: Self.limit(node.limit), reserve: Self.milliamperes(node.reserve),
                    parent: node.parent)
            })
    }

    /// The limits with the boxes of `states`.
    func limits(_ states: [DeviceState]) -> SiteLimits {
        limits(setups: states.filter { $0.deviceClass == .wallbox }.map(setup))
    }

    /// The limits with these boxes.
    func limits(setups: [BoxSetup]) -> SiteLimits {
        var loads: [String: NodeLoad] = [:]
        for node in site.nodes {
            loads[node.id] =
                node.meter == nil
                ? .fixed(Self.phases(node.base))
                : .metered(worst: node.meterLost.map { PhaseCurrents(each: Self.milliamperes($0)) })
        }
        return SiteLimits(
            tree: tree, loads: loads, boxes: setups,
            unbalance: site.unbalance.map(Self.milliamperes), budgets: budgets)
    }

    private var budgets: [PowerLimit] {
        guard let power = site.maxEVSEPower?.multiplied(by: 1000)?.floor.asInt else { return [] }
        return [PowerLimit(milliwatts: power)]
    }

    private func setup(_ state: DeviceState) -> BoxSetup {
        BoxSetup(
            id: state.entry.id, node: state.entry.circuit,
            rotation: Rotation(rawValue: state.entry.rotation) ?? .unknown,
            ability: ability(state), isUnattendedAccepted: state.entry.unattendedAccepted)
    }

    /// What the box said it can do; before it said anything, what its profile and options say.
    private func ability(_ state: DeviceState) -> BoxAbility {
        guard let charging = state.description?.charging else {
            return forecasts[state.entry.id]?.ability ?? BoxAbility(maximum: 63_000)
        }
        let maximum = Self.milliamperes(charging.maximum)
        let points = state.description?.points ?? []
        return BoxAbility(
            minimum: Self.milliamperes(charging.minimum), maximum: maximum,
            step: max(1, Self.milliamperes(charging.step)), rated: maximum,
            watchdog: Self.watchdog(charging.watchdog, rated: maximum),
            pacing: charging.pacing.wholeNanoseconds, isStoppable: charging.stoppable,
            hasMeter: ["current.l1", "current.l2", "current.l3"].allSatisfy(points.contains))
    }

    private static func watchdog(_ watchdog: DriverAPI.Watchdog, rated: Int) -> BoxAbility.Watchdog? {
        switch watchdog {
        case .none: nil
        case .falls(let limit, let after):
            BoxAbility.Watchdog(timeout: after.wholeNanoseconds, fallback: milliamperes(limit))
        case .unknown(let after): BoxAbility.Watchdog(timeout: after.wholeNanoseconds, fallback: rated)
        }
    }

    /// Whole milliamperes, rounded up: what may flow is never understated.
    static func milliamperes(_ amperes: Exact) -> Int {
        guard let exact = amperes.multiplied(by: 1000) else { return CircuitTree.largestCurrent }
        return exact.negated.floor.negated.asInt ?? CircuitTree.largestCurrent
    }

    private static func phases(_ amperes: [Exact]) -> PhaseCurrents {
        PhaseCurrents(milliamperes(amperes[0]), milliamperes(amperes[1]), milliamperes(amperes[2]))
    }

    private static func limit(_ amperes: [Exact]) -> PhaseCurrents {
        let down = amperes.map { $0.multiplied(by: 1000)?.floor.asInt ?? 0 }
        return PhaseCurrents(down[0], down[1], down[2])
    }
}
