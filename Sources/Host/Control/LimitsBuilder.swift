import DriverAPI
import LoadManagement
import Modbus

/// Turns the site file, and what is known of the devices, into what load management calculates with.
struct LimitsBuilder {
    private let site: Site
    let circuits: [CircuitNode]
    private let tree: CircuitTree
    private let forecasts: [String: BoxSetup]
    private let chains: [String: Span]
    private let gateways: Set<String>

    /// How long a frame may wait in a gateway before it reaches a box.
    private static let gatewayQueue: Span = 10_000_000_000

    /// `forecasts` says what a box can do before it said so itself. Throws ``CircuitError`` for a tree that cannot be.
    ///
    /// `chains` says how long every metered circuit needs to be below its limit again, in ns.
    init(
        _ site: Site, forecasts: [String: BoxSetup] = [:], chains: [String: Span] = [:]
    ) throws(CircuitError) {
        self.chains = chains
        self.site = site
        self.forecasts = forecasts
        gateways = Self.gateways(site)
        let nodes = site.nodes.map { node in
            CircuitNode(
                id: node.id, limit: Self.limit(node.limit), reserve: Self.milliamperes(node.reserve),
                parent: node.parent)
        }
        circuits = nodes
        tree = try CircuitTree(nodes)
    }

    /// The limits with the boxes of `states` that are in use; what a box could do when it was last heard of stands in
    /// `known`, and fall-back currents in A that a box may have taken though it does not show them yet in `fallbacks`. Boxes in
    /// `doubted` count on every phase.
    func limits(
        _ states: [DeviceState], known: BoxTable<BoxBooking> = [:], fallbacks: [String: Exact] = [:],
        doubted: Set<String> = []
    ) -> SiteLimits {
        limits(
            setups: states.filter { $0.deviceClass == .wallbox && $0.isInUse }.map { box in
                let meter = states.first { $0.isInUse && $0.entry.role == .box && $0.entry.of == box.entry.id }
                var setup = setup(box, meter: meter, known: known[box.entry.id]?.setup.ability)
                if doubted.contains(box.entry.id) { setup.rotation = .unknown }
                if let pending = fallbacks[box.entry.id].map(Self.milliamperes), let watchdog = setup.ability.watchdog {
                    setup.ability.watchdog?.fallback = max(watchdog.fallback, pending)
                }
                return setup
            })
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
            unbalance: site.unbalance.map(Self.milliamperes), budgets: budgets,
            turn: site.sharing.turn?.wholeNanoseconds,
            reclaim: site.sharing.reclaimAfter.map {
                ReclaimRule(detect: $0.wholeNanoseconds, margin: Self.milliamperes(site.sharing.reclaimMargin))
            },
            surplus: SurplusRule(
                startDelay: site.sharing.surplusStart.wholeNanoseconds,
                stopDelay: site.sharing.surplusStop.wholeNanoseconds),
            switching: switching, overdraft: OverdraftRule(chains: chains))
    }

    /// The addresses behind which a line lies: those of RTU over TCP, and those on the network that several devices share.
    private static func gateways(_ site: Site) -> Set<String> {
        let defaults = Address.Defaults(aliases: site.serial)
        let byChannel = Dictionary(grouping: site.devices.filter { $0.enabled && $0.driver == nil }) { device in
            (try? Address(device.address, defaults: defaults).endpoint)?.channel ?? device.address
        }
        return byChannel.values.reduce(into: []) { found, users in
            guard let address = users.first?.address,
                let endpoint = try? Address(address, defaults: defaults).endpoint
            else { return }
            switch endpoint {
            case .serial: break
            case .rtuOverTCP: found.formUnion(users.map(\.address))
            case .tcp: if users.count > 1 { found.formUnion(users.map(\.address)) }
            }
        }
    }

    private var switching: SwitchingRule {
        guard let rule = site.sharing.switching else { return SwitchingRule() }
        return SwitchingRule(
            up: rule.up.wholeNanoseconds, down: rule.down.wholeNanoseconds, apart: rule.apart.wholeNanoseconds,
            perSession: rule.perCar, isForCrowding: rule.isForCrowding)
    }

    private var budgets: [PowerLimit] {
        site.nodes.compactMap { node in
            node.maxEVSEPower?.multiplied(by: 1000)?.floor.asInt.map {
                PowerLimit(milliwatts: $0, node: node.id, cause: .evse)
            }
        }
    }

    private func setup(_ state: DeviceState, meter: DeviceState?, known: BoxAbility?) -> BoxSetup {
        var ability = ability(state, known: known)
        if !state.entry.box.switchesPhases || site.sharing.switching == nil { ability.switching = nil }
        if let phases = state.entry.box.phases { ability.terminals = PhaseSet(first: phases) }
        ability.hasMeter = ability.hasMeter || (meter?.hasPhaseCurrents ?? false)
        ability.queueTime = gateways.contains(state.entry.address) ? Self.gatewayQueue : 0
        return BoxSetup(
            id: state.entry.id, node: state.entry.circuit,
            rotation: Rotation(rawValue: state.entry.rotation) ?? .unknown, ability: ability,
            isUnattendedAccepted: state.entry.unattendedAccepted)
    }

    /// What the box said it can do; before it said anything, what its profile and options say, and what it said before
    /// the host started, the more cautious of both.
    private func ability(_ state: DeviceState, known: BoxAbility?) -> BoxAbility {
        guard let charging = state.description?.charging else {
            guard let forecast = forecasts[state.entry.id]?.ability else { return known ?? BoxAbility(maximum: 63_000) }
            return known.map { forecast.cautious(with: $0) } ?? forecast
        }
        let rated = Self.milliamperes(charging.maximum)
        return BoxAbility(
            minimum: Self.milliamperes(charging.minimum), maximum: Self.atMost(charging.maximum),
            step: max(1, Self.milliamperes(charging.step)), rated: rated,
            watchdog: Self.watchdog(charging.watchdog, rated: rated),
            pacing: charging.pacing.wholeNanoseconds, isStoppable: charging.stoppable,
            hasMeter: state.hasPhaseCurrents, canWake: charging.wakesCars,
            switching: charging.switchesPhases
                ? PhaseSwitching(settle: (charging.phaseSettling ?? .zero).wholeNanoseconds) : nil)
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

    /// Whole milliamperes, rounded down: what may flow at most is never overstated.
    static func atMost(_ amperes: Exact) -> Int { amperes.multiplied(by: 1000)?.floor.asInt ?? 0 }

    private static func phases(_ amperes: [Exact]) -> PhaseCurrents {
        PhaseCurrents(milliamperes(amperes[0]), milliamperes(amperes[1]), milliamperes(amperes[2]))
    }

    private static func limit(_ amperes: [Exact]) -> PhaseCurrents {
        PhaseCurrents(atMost(amperes[0]), atMost(amperes[1]), atMost(amperes[2]))
    }
}

extension BoxAbility {
    /// What may be expected of a box of which both were said at different times.
    fileprivate func cautious(with other: BoxAbility) -> BoxAbility {
        var both = self
        both.minimum = max(minimum, other.minimum)
        both.maximum = min(maximum, other.maximum)
        both.step = max(step, other.step)
        both.rated = max(rated, other.rated)
        both.terminals = terminals.union(other.terminals)
        both.pacing = max(pacing, other.pacing)
        both.carTime = max(carTime, other.carTime)
        both.isStoppable = isStoppable && other.isStoppable
        both.hasMeter = hasMeter && other.hasMeter
        both.watchdog = nil
        if let mine = watchdog, let its = other.watchdog {
            both.watchdog = Watchdog(
                timeout: max(mine.timeout, its.timeout), margin: max(mine.margin, its.margin),
                fallback: max(mine.fallback, its.fallback))
        }
        return both
    }
}

extension DeviceState {
    /// Whether it shows the current of every phase.
    fileprivate var hasPhaseCurrents: Bool {
        let points = description?.points ?? []
        return ["current.l1", "current.l2", "current.l3"].allSatisfy(points.contains)
    }
}
