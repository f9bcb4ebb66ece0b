import LoadManagement
import TestTools
import Testing

/// Rule 5 on random networks: whoever could charge alone gets a turn, no limit is passed, and nothing moves between turns.
struct RandomTurnTests {
    @Test(arguments: 0..<60) func nobodyStarvesAndNothingMovesBetweenTurns(_ seed: Int) throws {
        var random = SeededGenerator(seed: 5000 + seed)
        var site = try network(&random)
        site.plugAll()
        let hopeful = Set(site.limits.boxes.map(\.id).filter { couldCharge($0, site) })
        var lastCharged: [String: Int] = [:]
        let rounds = 2 * site.boxes.count + 2
        for time in 0..<60 * rounds {
            site.tick(Double(time))
            #expect(!site.passesALimit(), "seed \(seed), \(time) s")
            // A small raise may come up to 36 s after a turn has changed.
            if time % 60 >= 48 { #expect(site.orders.isEmpty, "seed \(seed), \(time) s: \(site.orders)") }
            guard time % 60 == 50 else { continue }
            for id in site.charging { lastCharged[id] = time / 60 }
            let starving = hopeful.filter { time / 60 - (lastCharged[$0] ?? -1) > site.boxes.count }
            try #require(starving.isEmpty, "seed \(seed): \(starving) wait for more turns than there are boxes")
        }
        #expect(Set(lastCharged.keys) == hopeful, "seed \(seed)")
    }

    /// 2 to 9 boxes of one class with different minima, steps, phases and rotations on 1 to 4 circuits.
    private func network(_ random: inout SeededGenerator) throws -> ScriptedSite {
        var circuits = [
            CircuitNode(id: "main", limit: PhaseCurrents(each: Int.random(in: 12...40, using: &random) * 1000))
        ]
        for number in 1..<Int.random(in: 1...4, using: &random) + 1 {
            circuits.append(
                CircuitNode(
                    id: "n\(number)", limit: PhaseCurrents(each: Int.random(in: 5...24, using: &random) * 1000),
                    parent: random.pick(circuits).id))
        }
        let setups = (0..<Int.random(in: 2...9, using: &random)).map { number in
            BoxSetup(
                id: "b\(number)", node: random.pick(circuits).id, rotation: random.pick(Rotation.allCases),
                ability: BoxAbility(
                    minimum: random.pick([6000, 6000, 6000, 8000, 13_000]), maximum: random.pick([16_000, 32_000]),
                    step: random.pick([100, 100, 500, 1000]), terminals: PhaseSet(first: random.pick([1, 2, 3, 3])),
                    pacing: 0))
        }
        var limits = SiteLimits(tree: try CircuitTree(circuits), boxes: setups, turn: seconds(60))
        if random.chance(25) {
            limits.budgets = [PowerLimit(milliwatts: Int.random(in: 5...20, using: &random) * 1_000_000)]
        }
        var site = ScriptedSite(limits)
        site.boxes = setups.enumerated().map { BoxSnapshot(id: $1.id, state: .a, queue: $0) }
        return site
    }

    /// Whether its minimum fits if nobody else charges.
    private func couldCharge(_ id: String, _ site: ScriptedSite) -> Bool {
        guard let box = site.limits.boxes.first(where: { $0.id == id }), let node = site.limits.tree.index(of: box.node)
        else { return false }
        let supply = box.rotation.supply(of: box.ability.terminals)
        let fits = site.limits.tree.path(from: node).allSatisfy { place in
            Phase.allCases.allSatisfy {
                !supply.contains($0) || site.limits.tree.nodes[place].limit[$0] >= box.ability.minimum
            }
        }
        let power = box.ability.minimum * box.ability.terminals.count * 230
        return fits && site.limits.budgets.allSatisfy { $0.milliwatts >= power }
    }
}
