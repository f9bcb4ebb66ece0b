import LoadManagement
import Testing

/// Powers that boxes may not pass together, on trees, for some boxes, and by whom.
struct PowerLimitTests {
    @Test func aLimitOfACircuitCountsItsBoxesOnly() throws {
        var site = try site()
        site.limits.budgets = [PowerLimit(milliwatts: 6_900_000, node: "garage", cause: .evse)]
        site.run(from: 0, through: 60)
        #expect(site.told == ["a": 10_000, "b": 16_000, "c": 16_000])
    }

    @Test func limitsOfParentAndChildHoldTogether() throws {
        var site = try site()
        site.limits.budgets = [PowerLimit(milliwatts: 17_250_000, cause: .evse)]
        site.budgets = [PowerLimit(milliwatts: 4_830_000, node: "garage", cause: .operator)]
        let decision = (0...60).map { site.tick(Double($0)) }.last
        // 4830 W / 690 V; (17250 − 4830) W / 690 V / 2.
        #expect(site.told == ["a": 7000, "b": 9000, "c": 9000])
        #expect(decision?.boxes["a"]?.reason == .budget(.operator))
        #expect(decision?.boxes["b"]?.reason == .budget(.evse))
    }

    @Test func aLimitOfSomeBoxesLeavesTheOthers() throws {
        var site = try site()
        site.budgets = [PowerLimit(milliwatts: 8_400_000, boxes: ["a", "c"], cause: .dimming)]
        site.run(from: 0, through: 60)
        // 8400 W / 690 V = 12.17 A.
        #expect(site.told == ["a": 6100, "b": 16_000, "c": 6000])
    }

    @Test func aSilentBoxCountsInTheLimitsItIsIn() throws {
        var site = try site()
        site.run(from: 0, through: 60)
        site.muted = ["a"]
        site.run(from: 61, through: 75)
        site.budgets = [PowerLimit(milliwatts: 17_250_000, boxes: ["a", "b"], cause: .operator)]
        site.run(from: 76, through: 100)
        // a may go on with 16 A; (17250 − 11040) W / 690 V.
        #expect(site.told == ["a": 16_000, "b": 9000, "c": 16_000])
    }

    @Test(arguments: PowerCause.allCases) func lessThanOneMinimumStopsAndSaysWho(_ cause: PowerCause) throws {
        var site = try site()
        site.run(from: 0, through: 60)
        site.budgets = [PowerLimit(milliwatts: 4_000_000, cause: cause)]
        let decision = site.tick(61)
        #expect(site.told == ["a": 0, "b": 0, "c": 0])
        for box in decision.boxes.values {
            #expect(box.reason == .budget(cause))
            #expect(box.reason.word == "budget")
            #expect(box.reason.description == cause.description)
        }
    }

    @Test func everyCauseHasItsOwnWords() throws {
        #expect(Set(PowerCause.allCases.map(\.description)).count == PowerCause.allCases.count)
        for cause in PowerCause.allCases { #expect(try coded(Reason.budget(cause)) == .budget(cause)) }
        #expect(try coded(Reason.budget(nil)) == .budget(nil))
        #expect(try coded(Reason.phases) == .phases)
    }

    /// Three boxes on 32 A, one of them behind the garage.
    private func site() throws -> ScriptedSite {
        let tree = try CircuitTree([
            CircuitNode(id: "main", limit: PhaseCurrents(each: 63_000)),
            CircuitNode(id: "garage", limit: PhaseCurrents(each: 32_000), parent: "main"),
        ])
        let ability = BoxAbility(maximum: 16_000, pacing: 0)
        let boxes = [("a", "garage"), ("b", "main"), ("c", "main")].map {
            BoxSetup(id: $0.0, node: $0.1, ability: ability)
        }
        var site = ScriptedSite(SiteLimits(tree: tree, boxes: boxes))
        site.boxes = boxes.enumerated().map { BoxSnapshot(id: $1.id, state: .c, queue: $0) }
        return site
    }
}
