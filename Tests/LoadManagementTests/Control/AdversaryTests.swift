import LoadManagement
import Testing

/// Random misfortune against the one promise: base + all that boxes may draw ≤ limit, at every moment.
struct AdversaryTests {
    @Test(arguments: 0..<8) func noSequenceOfLossesAndRestartsPassesALimit(_ seed: Int) throws {
        var random = SeededGenerator(seed: 1000 + seed)
        var limits = try site(&random)
        limits.loads["main"] = .fixed(PhaseCurrents(3000, 0, 1000))
        var site = SimulatedSite(limits, seed: seed)
        site.house[0] = PhaseCurrents(3000, 0, 1000)
        site.run(minutes: 30, houseMoves: false)
        #expect(site.underbooked.isEmpty, "\(site.underbooked.prefix(3))")
        #expect(site.violations.isEmpty, "\(site.violations.prefix(3))")
        #expect(site.raises > 20, "a host that gives nothing proves nothing")
    }

    @Test(arguments: 0..<8) func aHouseThatJumpsIsFollowedWithinTheChain(_ seed: Int) throws {
        var random = SeededGenerator(seed: 2000 + seed)
        var limits = try site(&random)
        limits.loads["main"] = .metered(worst: PhaseCurrents(each: 20_000))
        var site = SimulatedSite(limits, seed: seed)
        site.run(minutes: 30, houseMoves: true)
        #expect(site.underbooked.isEmpty, "\(site.underbooked.prefix(3))")
        #expect(site.violations.isEmpty, "\(site.violations.prefix(3))")
        #expect(site.raises > 20, "a host that gives nothing proves nothing")
    }

    /// Four boxes on a supply of 40 A, two of them behind 20 A; watchdogs, gateways, pacing and rotations differ.
    private func site(_ random: inout SeededGenerator) throws -> SiteLimits {
        let tree = try CircuitTree([
            CircuitNode(id: "main", limit: PhaseCurrents(each: 40_000), reserve: 500),
            CircuitNode(id: "garage", limit: PhaseCurrents(each: 20_000), parent: "main"),
        ])
        let boxes = ["a", "b", "c", "d"].enumerated().map { place, id in
            let timeout = seconds(random.pick([15, 30, 60]))
            let watchdog = BoxAbility.Watchdog(timeout: timeout, margin: seconds(7), fallback: 0)
            let ability = BoxAbility(
                maximum: 16_000, watchdog: random.chance(75) ? watchdog : nil, pacing: seconds(random.pick([0, 2, 5])),
                queueTime: random.chance(40) ? seconds(10) : 0, hasMeter: random.chance(80))
            let rotation = random.pick(Rotation.allCases)
            return BoxSetup(id: id, node: place < 2 ? "garage" : "main", rotation: rotation, ability: ability)
        }
        return SiteLimits(tree: tree, boxes: boxes)
    }
}
