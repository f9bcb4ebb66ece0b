import LoadManagement
import TestTools

/// One site with its host, in steps of 100 ms. The same seed gives the same run. Times are milliseconds.
public struct Simulation {
    static let step = 100

    let seed: Int
    var site: Site
    var random: SeededGenerator
    var boxes: [PhysicalBox] = []
    var drivers: [Driver] = []
    var weather: [Weather]
    var buses: [Bus]
    var unitBus: [Int]
    var host = HostModel()
    var clock: Clock
    var judge: Judge
    var meters: [MeterModel?]
    var house: [PhaseCurrents]
    /// When the house on every circuit last drew another current.
    var jumpedAt: [Int]
    var budgets: [PowerLimit] = []
    /// Which boxes the site file names.
    var isNamed: [Bool]
    /// Which boxes have a driver.
    var isOpen: [Bool]
    /// Which boxes are not at the site at all.
    var isTakenAway: [Bool]
    /// When a box comes back that was removed.
    var returnsAt: [Int]
    /// What every box draws on the supply, as it is in the judge's sums.
    var counted: [PhaseCurrents]
    /// What a car was last seen to use of a box's terminals, to tell when it uses others.
    var used: [PhaseSet]
    /// The phases of the last car that drew.
    var lastPhases: [PhaseSet]
    /// Whether a box draws more than it was told, and the host does not know yet.
    var wasUnseen: [Bool]
    /// Whether it fell back because the machine slept with its clock, so that nobody can know.
    var fellAsleep: [Bool]
    /// Whether an order that it refused has woken what it holds, and it has taken none since.
    var isWoken: [Bool]
    /// Whether its car came while nobody watched.
    var cameUnwatched: [Bool]
    /// Since when every box could be reached by a running host.
    var reachableSince: [Int]
    /// Since when every driver has heard its box; nil while it does not.
    var onlineSince: [Int?]
    /// When the host last heard of it, or started.
    var silentSince: [Int]
    /// When the last car left every box.
    var leftAt: [Int]
    var limits: SiteLimits
    var now = 0
    var isUp = true
    var startsAt = 0
    var stallsUntil = 0
    /// Until when the machine sleeps, or slept last.
    var sleptUntil = -1
    var nextTick = 1000
    var nextFault: [Int]
    var faults = [Int](repeating: 0, count: FaultKind.allCases.count)
    var chargeMilli = 0
    let log: Timeline
    var violation: String?

    /// Makes the site of `seed` with at most `largest` boxes; `isVerbose` keeps the timeline.
    public init(seed: Int, largest: Int = 40, isVerbose: Bool = false) throws {
        var generator = SiteGenerator(seed: seed, largest: largest)
        let site = try generator.site()
        var random = SeededGenerator(seed: seed &* 31 &+ 7)
        self.seed = seed
        self.site = site
        limits = site.limits
        house = site.house
        jumpedAt = [Int](repeating: -1, count: site.house.count)
        buses = site.buses
        judge = Judge(site, site.house)
        clock = Clock(startingAt: 0, showing: random.draw(1000...1_000_000))
        let count = site.limits.boxes.count
        unitBus = [Int](repeating: 0, count: count)
        for (bus, line) in site.buses.enumerated() { for unit in line.units { unitBus[unit] = bus } }
        weather = [Weather](repeating: Weather(), count: count)
        isNamed = [Bool](repeating: true, count: count)
        isOpen = isNamed
        isTakenAway = [Bool](repeating: false, count: count)
        returnsAt = [Int](repeating: .max, count: count)
        counted = [PhaseCurrents](repeating: .zero, count: count)
        used = [PhaseSet](repeating: [], count: count)
        lastPhases = used
        cameUnwatched = [Bool](repeating: false, count: count)
        wasUnseen = cameUnwatched
        fellAsleep = cameUnwatched
        isWoken = cameUnwatched
        reachableSince = [Int](repeating: 0, count: count)
        onlineSince = [Int?](repeating: nil, count: count)
        silentSince = [Int](repeating: 0, count: count)
        leftAt = [Int](repeating: -60_000, count: count)
        meters = site.meterPeriods.enumerated().map { place, period in
            period.map { MeterModel(circuit: site.limits.tree.nodes[place].id, period: $0) }
        }
        nextFault = site.intervals.map { $0 == 0 ? .max : random.draw(0...2 * $0) / Self.step * Self.step }
        log = Timeline(isOn: isVerbose)
        for (unit, setup) in site.limits.boxes.enumerated() {
            let isWild = site.startsWild && random.happens(50)
            var box = PhysicalBox(
                setup.id, site.rotations[unit], site.traits[unit], node: site.limits.tree.index(of: setup.node) ?? 0,
                register: isWild ? random.draw([6000, 10_000, setup.ability.rated]) : 0, now: 0)
            if isWild { box.plug(Self.car(setup, 0, site, &random), 0) }
            boxes.append(box)
            drivers.append(Driver(period: site.periods[unit], from: random.draw(0...20) * Self.step))
        }
        self.random = random
        if site.startsWild { for node in house.indices { judge.cause(node, 0, seenAfter: 15_000) } }
        describe()
    }

    /// Goes on for `milliseconds`, or until a limit is passed without excuse.
    public mutating func run(milliseconds: Int) {
        let end = now + milliseconds
        while now < end, violation == nil {
            now += Self.step
            misfortune()
            if isUp, now >= stallsUntil {
                for bus in buses.indices where buses[bus].next <= now { exchange(bus) }
            } else {
                deliverAlone()
            }
            physics()
            if isUp, now >= stallsUntil { manage() } else if !isUp, now >= startsAt { start() }
            measure()
            count()
        }
    }

    /// What came of it.
    public var figures: Figures {
        var figures = judge.figures
        figures.time = now
        figures.sites = 1
        figures.strictSites = site.isStrict ? 1 : 0
        figures.orders = host.orders
        figures.raises = host.raises
        figures.charge = chargeMilli / 3_600_000
        for kind in FaultKind.allCases where faults[kind.rawValue] > 0 { figures.faults[kind] = faults[kind.rawValue] }
        if let violation { figures.violations = [(seed, violation)] }
        return figures
    }

    /// What happened of late, if the timeline is kept.
    public var timeline: [String] { log.lines }

    mutating func note(_ kind: FaultKind) { faults[kind.rawValue] += 1 }

    func log(_ text: @autoclosure () -> String) {
        if log.isOn { log.add(now, text()) }
    }

    // MARK: Boxes

    private mutating func physics() {
        for unit in boxes.indices where boxes[unit].next <= now {
            let hadFallenBack = boxes[unit].hasFallenBack
            let isOther = boxes[unit].advance(to: now, &random)
            if !hadFallenBack, boxes[unit].hasFallenBack {
                isWoken[unit] = false
                // Nothing has reached it since the machine woke: the time slept is part of what it waited.
                if now - (boxes[unit].traits.watchdog ?? 0) <= sleptUntil { fellAsleep[unit] = true }
            }
            if isOther { drawChanged(unit) }
        }
    }

    /// What a box draws, or may draw, is another.
    mutating func drawChanged(_ unit: Int) {
        let current = boxes[unit].onSupply
        if current != counted[unit] {
            judge.change(boxes[unit].node, by: current - counted[unit])
            log("\(boxes[unit].id) draws \(boxes[unit].atTerminals) (\(current) on the supply)")
        }
        let phases = boxes[unit].drawn > 0 ? boxes[unit].car?.phases ?? [] : used[unit]
        if !site.isStrict {
            let hasMore = !used[unit].isSuperset(of: phases)
            if boxes[unit].unlawful > 0 || hasMore {
                judge.cause(boxes[unit].node, now, seenAfter: seenAfter(unit))
                log("\(boxes[unit].id) draws \(boxes[unit].unlawful) mA more than it was told: cause")
            }
        }
        used[unit] = phases
        if boxes[unit].drawn > 0, let car = boxes[unit].car { lastPhases[unit] = car.phases }
        if fellAsleep[unit], boxes[unit].hasFallenBack, current.largest > 0 {
            // The host begins to see it when the machine wakes.
            judge.excuse(
                boxes[unit].node,
                until: max(now, sleptUntil) + judge.chain(boxes[unit].node) + seenAfter(unit))
        }
        fellAsleep[unit] = fellAsleep[unit] && boxes[unit].hasFallenBack
        if cameUnwatched[unit], current.largest > 0 {
            if !isWatched(unit) || now - reachableSince[unit] < 20_000 {
                // It was known to have no car, so that its fall-back was booked from the moment it was silent only.
                judge.excuse(boxes[unit].node, until: now + 15_000)
            } else {
                cameUnwatched[unit] = false
            }
        }
        counted[unit] = current
    }

    /// How long it takes at most until the host sees what a box draws.
    func seenAfter(_ unit: Int) -> Int {
        let bus = buses[unitBus[unit]]
        return site.periods[unit] + bus.units.count * (2 * bus.latency + 100) + bus.timeout * (bus.retries + 1) + 1000
    }

    /// A car that may come to `setup`.
    static func car(_ setup: BoxSetup, _ now: Int, _ site: Site, _ random: inout SeededGenerator) -> Car {
        let wired = setup.ability.terminals
        let phases = PhaseSet(first: random.draw([1, 2, 3, 3, 3])).intersection(wired)
        let isSharp = site.traits.first?.isSharp ?? false
        let slow = random.draw([0, 1000, 3000, 5000])
        return Car(
            phases: phases.isEmpty ? wired : phases, want: random.draw([6000, 8000, 13_000, 16_000, 16_000, 32_000]),
            slowness: isSharp ? 5000...5000 : 0...slow, since: now, readyAt: now + random.draw(10...100) * 100)
    }

    // MARK: Judging

    private mutating func measure() {
        guard judge.isNeeded else { return }
        var judge = judge
        for unit in boxes.indices where isWoken[unit] && !drivers[unit].isOnline {
            judge.excuse(boxes[unit].node, until: now + judge.chain(boxes[unit].node))
        }
        let text = judge.step(
            now, hidden: { hidden($0) }, sleepers: { sleepers($0) }, unseen: { unseen($0) },
            isWoken: { isAnyWoken($0) },
            isAvoidable: { isAvoidable($0, $1) })
        self.judge = judge
        if let text {
            violation = "at \(Self.text(now)): \(text)"
            log("VIOLATION: \(text)")
            for node in judge.load.indices {
                log("  \(judge.names[node]): \(judge.load[node]) of \(judge.allowed[node])")
            }
            for box in boxes { log("  \(describe(box))") }
        }
    }

    private func isAnyWoken(_ node: Int) -> Bool {
        boxes.indices.contains { isWoken[$0] && isBelow($0, node) }
    }

    private mutating func count() {
        if now % 1000 == 0 { chargeMilli += counted.reduce(0) { $0 + $1.l1 + $1.l2 + $1.l3 } }
    }

    func isBelow(_ unit: Int, _ node: Int) -> Bool { limits.tree.path(from: boxes[unit].node).contains(node) }

    /// What boxes without a meter draw on `node` beyond what they were told, where no meter shows it.
    private func hidden(_ node: Int) -> PhaseCurrents {
        var sum = PhaseCurrents.zero
        for unit in boxes.indices {
            let box = boxes[unit]
            guard box.unlawful > 0, isBelow(unit, node) else { continue }
            let isShown = box.traits.hasMeter || box.traits.isReadBack && box.register > box.lawful.most
            if isShown, drivers[unit].isOnline, !box.isWithinTolerance { continue }
            // Within the tolerance nothing is done at once; where a meter shows it, it is cut off later.
            if isSeen(unit, at: node), !box.isWithinTolerance { continue }
            sum += box.rotation.largestOnSupply(PhaseCurrents(box.unlawful, on: box.car?.phases ?? []))
        }
        return sum
    }

    /// What boxes without a meter draw on `node` by a fall-back from while the machine slept with its clock, beyond what their
    /// registers say, where no meter shows it: they answer, read as they were told, and no clock says that time has passed.
    private func sleepers(_ node: Int) -> PhaseCurrents {
        var sum = PhaseCurrents.zero
        for unit in boxes.indices where fellAsleep[unit] && boxes[unit].hasFallenBack && isBelow(unit, node) {
            let box = boxes[unit]
            guard !box.traits.hasMeter, drivers[unit].isOnline, !isBooked(unit), box.drawn > box.register,
                !isSeen(unit, at: node)
            else { continue }
            sum += box.rotation.largestOnSupply(PhaseCurrents(box.drawn - box.register, on: box.car?.phases ?? []))
        }
        return sum
    }

    /// Whether a meter between the box and `node`, that one included, shows what the box draws.
    private func isSeen(_ unit: Int, at node: Int) -> Bool {
        let path = limits.tree.path(from: boxes[unit].node)
        return path.prefix(through: path.firstIndex(of: node) ?? 0).contains { meters[$0]?.isSeeing(now) ?? false }
    }

    /// The chain of a box that draws more than it was told begins when the host has seen it.
    mutating func noteSeen() {
        guard !site.isStrict else { return }
        for unit in boxes.indices {
            let isUnseen = boxes[unit].unlawful > 0 && !isBooked(unit)
            if wasUnseen[unit], !isUnseen, boxes[unit].unlawful > 0 { judge.cause(boxes[unit].node, now) }
            wasUnseen[unit] = isUnseen
        }
    }

    private func isBooked(_ unit: Int) -> Bool {
        host.memory.bookings[boxes[unit].id].map {
            ($0.current(at: clock.moment(now)) - counted[unit]).smallest >= 0
        } ?? false
    }

    /// How long it takes until the host sees a box on `node` that draws more than it has booked; nil if there is none.
    private func unseen(_ node: Int) -> Int? {
        var longest: Int?
        for unit in boxes.indices where counted[unit] != .zero && isBelow(unit, node) {
            if boxes[unit].unlawful > 0, !isBooked(unit) { longest = max(longest ?? 0, seenAfter(unit)) }
        }
        return longest
    }

    /// Whether a box below draws on `phases` that could have been lowered.
    private func isAvoidable(_ node: Int, _ phases: PhaseSet) -> Bool {
        guard isUp, now >= stallsUntil else { return false }
        for unit in boxes.indices where counted[unit] != .zero && isBelow(unit, node) {
            let box = boxes[unit]
            let ability = limits.boxes.first { $0.id == box.id }?.ability ?? site.limits.boxes[unit].ability
            guard isOpen[unit], box.unlawful == 0, !weather[unit].isBad(now), !box.isBooting else { continue }
            let chain = judge.chain(node) + 15_000
            guard now - reachableSince[unit] > chain, let since = onlineSince[unit], now - since > chain else {
                continue
            }
            guard box.drawn > (ability.isStoppable ? 0 : ability.minimum) else { continue }
            if phases.phases.contains(where: { counted[unit][$0] > 0 }) { return true }
        }
        return false
    }
}
