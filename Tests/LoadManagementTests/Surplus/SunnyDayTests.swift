import LoadManagement
import TestTools
import Testing

/// Whole days of sun, clouds and random choices, against what is promised for all of them.
struct SunnyDayTests {
    /// Ten hours with clouds of a few minutes and 100 W of noise.
    @Test(arguments: [1, 2]) func aCloudyDayBringsFewOrdersAndSwitches(_ seed: Int) throws {
        var site = try roof(boxes: 1, seed: seed)
        site.noise = 100_000
        var cloud = 0
        var cloudUntil = 0
        for time in 0..<36_000 {
            if time >= cloudUntil {
                cloud = Int.random(in: 0...60, using: &site.random)
                cloudUntil = time + Int.random(in: 60...900, using: &site.random)
            }
            // A parabola of 9 kW at noon, less the cloud, less 500 W of the house.
            let clear = 9_000_000 - abs(time - 18_000) / 100 * 50_000
            site.sun = clear / 100 * (100 - cloud) - 500_000
            site.second()
        }
        let switches = terminals(site.orders.map(\.order), of: "b0").count
        #expect(switches <= 20, "\(switches) switches")
        #expect(site.orders.count <= 600, "\(site.orders.count) orders in ten hours")
        #expect(site.orders.count > 50, "a box that does nothing proves nothing")
        #expect(site.switchedUnderLoad.isEmpty)
    }

    /// A surplus that stands at a threshold, with 100 W of noise: the minimum of one phase, of three, and in between.
    @Test(arguments: [1380, 3680, 4140, 6000]) func noiseAtAThresholdMovesLittle(_ watts: Int) throws {
        var site = try roof(boxes: 1, seed: watts)
        site.noise = 100_000
        site.sun = watts * 1000
        var before = 0
        for time in 0..<7200 {
            site.second()
            if time == 3600 { before = site.orders.count }
        }
        #expect(terminals(site.orders.map(\.order), of: "b0").count <= 4)
        #expect(site.orders.count - before <= 60, "\(site.orders.count - before) orders in an hour")
    }

    @Test func theSameDayTwiceIsTheSame() throws {
        let first = try random(seed: 4, seconds: 1800)
        let second = try random(seed: 4, seconds: 1800)
        #expect(first.orders.map(\.order) == second.orders.map(\.order))
        #expect(first.orders.count > 10)
    }

    @Test(arguments: 0..<6) func noWorldPassesALimitOrHurries(_ seed: Int) throws {
        let site = try random(seed: seed, seconds: 3600)
        #expect(site.switchedUnderLoad.isEmpty, "\(site.switchedUnderLoad.prefix(3))")
        for box in site.limits.boxes where box.ability.switching != nil {
            let times = switchTimes(site.orders, of: box.id)
            for (earlier, later) in zip(times, times.dropFirst()) {
                // The switch follows its decision by the time of the stop.
                #expect(later - earlier >= 580, "\(box.id): \(earlier) s, \(later) s")
            }
        }
    }

    /// Without fuses, dimming or anybody's choice, only the delays start and stop a box.
    @Test(arguments: 0..<3) func theDelaysHold(_ seed: Int) throws {
        var site = try roof(boxes: 3, seed: 50 + seed, switching: nil)
        var started: [String: Int] = [:]
        var stopped: [String: Int] = [:]
        var starts = 0
        var told: [String: Int] = [:]
        for time in 0..<7200 {
            if time % 60 == 0 { site.sun = Int.random(in: -1000...14_000, using: &site.random) * 1000 }
            site.second()
            for (at, order) in site.orders.suffix(6) where at == time + 1 {
                let old = told[order.box] ?? 0
                if old == 0, order.value > 0 {
                    if let at = stopped[order.box] { #expect(time - at >= 60, "\(order.box) started at \(time) s") }
                    started[order.box] = time
                    starts += 1
                } else if old > 0, order.value == 0 {
                    if let at = started[order.box] { #expect(time - at >= 180, "\(order.box) stopped at \(time) s") }
                    stopped[order.box] = time
                }
                told[order.box] = order.value
            }
        }
        #expect(starts >= 3)
    }

    /// Boxes draw no more than the sun gives, but for the minima of stop delays and what a cloud takes while cars follow.
    @Test func withoutCloudsNothingComesFromTheGrid() throws {
        var site = try roof(boxes: 3, seed: 9)
        site.sun = 9_000_000
        for time in 0..<3600 {
            site.second()
            let drawn = site.limits.boxes.reduce(0) { $0 + site.power($1.id) }
            #expect(drawn <= 9_000_000, "\(time) s")
            if time > 1200 { #expect(drawn >= 8_500_000, "\(time) s") }
        }
    }

    private func roof(boxes: Int, seed: Int, switching: PhaseSwitching? = PhaseSwitching(settle: 2_000_000_000)) throws
        -> SunnySite
    {
        let tree = try CircuitTree([CircuitNode(id: "main", limit: PhaseCurrents(each: 63_000))])
        let ability = BoxAbility(maximum: 16_000, pacing: 0, hasMeter: true, switching: switching)
        let ids = (0..<boxes).map { "b\($0)" }
        return SunnySite(
            SiteLimits(tree: tree, boxes: ids.map { BoxSetup(id: $0, node: "main", ability: ability) }),
            ids.enumerated().map { BoxSnapshot(id: $1, state: .c, mode: .surplus, queue: $0) }, seed: seed)
    }

    /// Random circuits, boxes, modes, plugs, dimming and sun, judged every second.
    private func random(seed: Int, seconds: Int) throws -> SunnySite {
        var random = SeededGenerator(seed: 700 + seed)
        let tree = try CircuitTree([
            CircuitNode(id: "main", limit: PhaseCurrents(each: 40_000), reserve: 500),
            CircuitNode(id: "garage", limit: PhaseCurrents(20_000, 25_000, 20_000), parent: "main"),
        ])
        let house = PhaseCurrents(4000, 1000, 7000)
        let setups = (0..<5).map { place in
            BoxSetup(
                id: "b\(place)", node: place < 3 ? "garage" : "main", rotation: random.pick(Rotation.allCases),
                ability: BoxAbility(
                    maximum: random.pick([16_000, 32_000]), pacing: 0, hasMeter: true,
                    switching: random.chance(60) ? PhaseSwitching(settle: 3_000_000_000) : nil))
        }
        var limits = SiteLimits(tree: tree, loads: ["main": .fixed(house)], boxes: setups)
        limits.unbalance = seed % 2 == 0 ? 20_000 : nil
        limits.switching.isForCrowding = seed % 3 == 0
        var site = SunnySite(
            limits,
            setups.enumerated().map {
                BoxSnapshot(
                    id: $1.id, state: .c, mode: random.pick([.surplus, .surplus, .minSurplus, .fast]),
                    priority: random.pick([0, 0, 1]), queue: $0)
            }, seed: seed)
        site.noise = 50_000
        var budgetSince = 0
        for time in 0..<seconds {
            if random.chance(1) { site.sun = Int.random(in: -2000...25_000, using: &random) * 1000 }
            if Int.random(in: 0..<600, using: &random) == 0 {
                let place = Int.random(in: 0..<5, using: &random)
                site.plug(place, site.boxes[place].state == .a)
            }
            if Int.random(in: 0..<900, using: &random) == 0 {
                site.boxes[Int.random(in: 0..<5, using: &random)].mode = random.pick([.surplus, .minSurplus, .fast])
            }
            if Int.random(in: 0..<600, using: &random) == 0 {
                budgetSince = time
                let dimmed = PowerLimit(milliwatts: random.pick([4_200_000, 10_500_000]), cause: .dimming)
                site.budgets = site.budgets.isEmpty ? [dimmed] : []
            }
            site.second()
            judge(site, house, isDimmed: time - budgetSince > 12, time)
        }
        return site
    }

    private func judge(_ site: SunnySite, _ house: PhaseCurrents, isDimmed: Bool, _ time: Int) {
        let tree = site.limits.tree
        for (node, circuit) in tree.nodes.enumerated() {
            var sum = node == 0 ? house : .zero
            for box in site.limits.boxes {
                let path = tree.index(of: box.node).map { tree.path(from: $0) } ?? []
                let rotation = box.rotation == .unknown ? .r231 : box.rotation
                if path.contains(node) { sum += rotation.largestOnSupply(site.drawn(box.id)) }
            }
            for phase in Phase.allCases where sum[phase] > circuit.limit[phase] - circuit.reserve {
                Issue.record("\(time) s: \(circuit.id) \(phase) \(sum[phase]) mA")
            }
        }
        let power = site.limits.boxes.reduce(0) { $0 + site.power($1.id) }
        if isDimmed, let limit = site.budgets.first { #expect(power <= limit.milliwatts, "\(time) s") }
        if let unbalance = site.limits.unbalance, time > 60 {
            var sum = PhaseCurrents.zero
            for box in site.limits.boxes where box.rotation != .unknown {
                sum += box.rotation.largestOnSupply(site.drawn(box.id))
            }
            // Cars that stop leave others for the seconds of a reaction.
            if sum.spread > unbalance + 16_000 { Issue.record("\(time) s: \(sum)") }
        }
    }

    private func switchTimes(_ orders: [(time: Int, order: Order)], of id: String) -> [Int] {
        var last: PhaseSet?
        var times: [Int] = []
        for (time, order) in orders where order.box == id {
            if let last, last != order.terminals { times.append(time) }
            last = order.terminals
        }
        return times
    }

    /// The terminals a box was switched to, one after the other.
    private func terminals(_ orders: [Order], of id: String) -> [PhaseSet] {
        orders.filter { $0.box == id }.map(\.terminals).reduce(into: []) { sets, next in
            if sets.last != next { sets.append(next) }
        }
    }
}
