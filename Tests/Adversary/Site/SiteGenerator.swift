import LoadManagement
import TestTools

/// Makes sites that `check` accepts, the same one for the same seed.
struct SiteGenerator {
    private var random: SeededGenerator
    private let largest: Int

    init(seed: Int, largest: Int) {
        random = SeededGenerator(seed: seed)
        self.largest = largest
    }

    mutating func site() throws(CircuitError) -> Site {
        let isStrict = random.happens(50)
        let count = boxCount()
        let isSharp = random.happens(60)
        let tree = try circuits(count)
        let traits = (0..<count).map { _ in self.traits(isSharp: isSharp) }
        var site = Site(
            limits: SiteLimits(tree: tree, boxes: []), traits: traits, rotations: [], buses: [], periods: [], house: [],
            worstHouse: [], meterPeriods: [], intervals: [], isStrict: isStrict,
            startsWild: !isStrict && random.happens(40))
        site.buses = buses(count)
        boxes(&site)
        houses(&site)
        settle(&site)
        site.intervals = intervals(isStrict: isStrict)
        for chain in LimitCheck.chains(site.limits, site.times) {
            site.limits.overdraft.chains[chain.node] = chain.total
        }
        return site
    }

    private mutating func boxCount() -> Int {
        let size = random.draw(0...99)
        return min(
            largest,
            size < 50
                ? random.draw(1...4) : size < 85 ? random.draw(5...10) : random.draw(size < 97 ? 11...20 : 21...40))
    }

    private mutating func circuits(_ count: Int) throws(CircuitError) -> CircuitTree {
        let perBox = random.draw(3000...14_000)
        let main = max(10_000, count * perBox + random.draw(0...12_000)) / 100 * 100
        var nodes = [CircuitNode(id: "main", limit: PhaseCurrents(each: main), reserve: random.happens(30) ? 500 : 0)]
        for place in 0..<random.draw(0...min(5, count)) {
            let parent = random.draw(nodes)
            let limit = max(8000, parent.limit.l1 * random.draw(30...100) / 100) / 100 * 100
            nodes.append(CircuitNode(id: "n\(place)", limit: PhaseCurrents(each: limit), parent: parent.id))
        }
        return try CircuitTree(nodes)
    }

    private mutating func traits(isSharp: Bool) -> BoxTraits {
        var traits = BoxTraits()
        traits.pacing = random.draw([0, 0, 1000, 2000, 5000])
        if random.happens(75) {
            traits.watchdog = random.draw([15_000, 20_000, 30_000, 30_000, 60_000, 120_000])
            traits.fallback = random.draw([0, 0, 6000, 6000, 8000, 10_000, 16_000])
        }
        traits.isFedByWritesOnly = random.happens(20)
        traits.resumesOnAnyFrame = random.happens(40)
        traits.isReadBack = random.happens(88)
        traits.hasMeter = random.happens(75)
        traits.isSharp = isSharp
        return traits
    }

    private mutating func buses(_ count: Int) -> [Bus] {
        var buses: [Bus] = []
        var unit = 0
        while unit < count {
            let size = random.happens(65) ? 1 : min(count - unit, random.draw(2...6))
            let isGateway = random.happens(size > 1 ? 60 : 25)
            buses.append(
                Bus(
                    units: Array(unit..<unit + size), timeout: random.draw([500, 1000, 1000, 2000]),
                    retries: random.draw(0...2), queueTime: isGateway ? 10_000 : 0,
                    latency: random.draw([100, 200, 300]))
            )
            unit += size
        }
        return buses
    }

    private mutating func boxes(_ site: inout Site) {
        for bus in site.buses {
            for unit in bus.units {
                let traits = site.traits[unit]
                let rated = random.draw([16_000, 16_000, 16_000, 32_000, 20_000])
                let watchdog = traits.watchdog.map {
                    BoxAbility.Watchdog(timeout: Int64($0) * 1_000_000, fallback: traits.fallback)
                }
                let terminals: PhaseSet = random.happens(10) ? PhaseSet(first: 1) : .all
                let ability = BoxAbility(
                    maximum: rated, step: random.draw([100, 100, 1000, 500]), terminals: terminals, watchdog: watchdog,
                    pacing: Int64(traits.pacing) * 1_000_000, queueTime: Int64(bus.queueTime) * 1_000_000,
                    isStoppable: random.happens(93), hasMeter: traits.hasMeter)
                let rotation = random.draw(Rotation.allCases)
                site.rotations.append(rotation == .unknown ? random.draw([.r123, .r231, .r312]) : rotation)
                site.periods.append(random.draw([500, 1000, 1000, 1500, 2500]))
                site.limits.boxes.append(
                    BoxSetup(
                        id: "b\(unit)", node: random.draw(site.limits.tree.nodes).id, rotation: rotation,
                        ability: ability, isUnattendedAccepted: watchdog == nil))
            }
        }
    }

    /// The sum of what boxes go on with by themselves through every circuit.
    private func fallbacks(_ site: Site) -> [PhaseCurrents] {
        var sums = [PhaseCurrents](repeating: .zero, count: site.limits.tree.nodes.count)
        for box in site.limits.boxes {
            guard let node = site.limits.tree.index(of: box.node) else { continue }
            let least = box.ability.isStoppable ? 0 : box.ability.minimum
            let fallback = max(least, box.ability.watchdog?.fallback ?? least)
            for place in site.limits.tree.path(from: node) {
                sums[place] += PhaseCurrents(fallback, on: box.rotation.supply(of: box.ability.terminals))
            }
        }
        return sums
    }

    private mutating func houses(_ site: inout Site) {
        let tree = site.limits.tree
        site.house = [PhaseCurrents](repeating: .zero, count: tree.nodes.count)
        site.worstHouse = site.house
        site.meterPeriods = [Int?](repeating: nil, count: tree.nodes.count)
        for (node, circuit) in tree.nodes.enumerated() {
            let most = circuit.limit.l1 / 2
            let worst = PhaseCurrents(random.draw(0...most), random.draw(0...most), random.draw(0...most))
            if random.happens(node == 0 ? 60 : 20) {
                site.meterPeriods[node] = random.draw([1000, 1000, 2000, 5000])
                site.worstHouse[node] = worst
                // What a circuit below draws is part of the worst case of the one above.
                site.limits.loads[circuit.id] = .metered(worst: random.happens(70) ? worst : nil)
            } else if random.happens(40) {
                let own = PhaseCurrents(worst.l1 / 3, worst.l2 / 3, worst.l3 / 3)
                site.limits.loads[circuit.id] = .fixed(own)
                site.worstHouse[node] = own
                site.house[node] = own
            }
        }
    }

    /// Gives way until `check` has nothing against it: first houses shrink, then fall-backs go.
    private mutating func settle(_ site: inout Site) {
        let tree = site.limits.tree
        for attempt in 0..<12 {
            worstCases(&site)
            let sums = fallbacks(site)
            var fits = !LimitCheck.findings(site.limits).contains(where: \.isError)
            for (node, circuit) in tree.nodes.enumerated() {
                let all = sums[node] + through(node, tree, site.worstHouse) + PhaseCurrents(each: circuit.reserve)
                fits = fits && (circuit.limit - all).smallest >= 0
            }
            if fits { break }
            for node in tree.nodes.indices {
                for phase in Phase.allCases { site.worstHouse[node][phase] /= 2 }
            }
            guard attempt >= 2 else { continue }
            for unit in site.limits.boxes.indices where attempt >= 8 || random.happens(40) {
                site.traits[unit].fallback = 0
                site.limits.boxes[unit].ability.watchdog?.fallback = 0
                if attempt >= 5 { site.limits.boxes[unit].ability.isStoppable = true }
            }
        }
        for node in tree.nodes.indices where site.meterPeriods[node] != nil {
            for phase in Phase.allCases { site.house[node][phase] = random.draw(0...site.worstHouse[node][phase]) }
        }
        for unit in site.traits.indices {
            let fallback = site.limits.boxes[unit].ability.watchdog?.fallback ?? 0
            let rated = site.limits.boxes[unit].ability.rated
            site.traits[unit].powerOn = random.draw(site.isStrict ? [0, fallback] : [0, fallback, 6000, rated, rated])
        }
    }

    /// Carries the houses over into the limits.
    private func worstCases(_ site: inout Site) {
        let tree = site.limits.tree
        for (node, circuit) in tree.nodes.enumerated() {
            switch site.limits.loads[circuit.id] {
            case .metered(.some):
                site.limits.loads[circuit.id] = .metered(worst: through(node, tree, site.worstHouse))
            case .fixed:
                site.house[node] = site.worstHouse[node]
                site.limits.loads[circuit.id] = .fixed(site.worstHouse[node])
            default: break
            }
        }
    }

    private func through(_ node: Int, _ tree: CircuitTree, _ own: [PhaseCurrents]) -> PhaseCurrents {
        own.enumerated().reduce(.zero) { sum, entry in
            tree.path(from: entry.offset).contains(node) ? sum + entry.element : sum
        }
    }

    /// Some kinds of fault happen at a site, some do not; those that do happen often or seldom. Sites where everything
    /// happens all the time prove little: nobody charges there.
    private mutating func intervals(isStrict: Bool) -> [Int] {
        let share = random.draw([10, 25, 40, 60])
        let slowness = random.draw([1, 2, 4, 8])
        return FaultKind.allCases.map { kind in
            let isCar = kind == .plugged || kind == .unplugged
            let happens = random.happens(share) || isCar
            let interval = random.draw(isCar ? [60_000, 180_000, 600_000] : [30_000, 120_000, 300_000, 900_000])
            return happens && !(isStrict && kind.isExcuse) ? interval * (isCar ? 1 : slowness) : 0
        }
    }
}
