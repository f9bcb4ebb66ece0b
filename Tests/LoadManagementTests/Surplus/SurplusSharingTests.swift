import LoadManagement
import Testing

/// Boxes that go by the surplus, beside others. Three phases at 6 A are 4140 W, 1 A more is 690 W.
struct SurplusSharingTests {
    @Test func twoBoxesShareTheSurplusEqually() throws {
        var site = try site(["a", "b"], surplus: 10_000)
        site.run(from: 0, through: 59)
        #expect(site.told == ["a": 0, "b": 0])
        site.run(from: 60, through: 100)
        // 10 kW / 690 V / 2 = 7.246 A.
        #expect(site.told == ["a": 7200, "b": 7200])
    }

    @Test func thePriorOneHasTheSurplusFirst() throws {
        var site = try site(["a", "b"], surplus: 5000)
        site.boxes[1].priority = 1
        site.run(from: 0, through: 99)
        let decision = site.tick(100)
        #expect(site.told == ["a": 0, "b": 7200])
        #expect(decision.boxes["a"]?.reason == .budget(.surplus))
    }

    @Test func fastBoxesDoNotNeedTheSurplus() throws {
        var site = try site(["a", "b"], surplus: 0)
        site.boxes[0].mode = .fast
        site.run(from: 0, through: 100)
        #expect(site.told == ["a": 16_000, "b": 0])
        site.surplus = nil
        site.run(from: 101, through: 400)
        #expect(site.told == ["a": 16_000, "b": 0])
    }

    @Test(arguments: [(-3000, 6000), (0, 6000), (4000, 6000), (6900, 10_000), (20_000, 16_000)])
    func theMinimumIsThereWithoutSurplus(_ watts: Int, _ told: Int) throws {
        var site = try site(["a"], surplus: watts)
        site.boxes[0].mode = .minSurplus
        site.run(from: 0, through: 40)
        #expect(site.told["a"] == told)
    }

    /// A minimum that is drawn anyway leaves others 5000 − 4140 W, with which nobody starts: else the grid would feed them.
    @Test func aMinimumThatIsDrawnAnywayIsNoSurplusForOthers() throws {
        var site = try site(["a", "b"], surplus: 5000)
        site.boxes[0].priority = 1
        site.boxes[1].mode = .minSurplus
        site.run(from: 0, through: 200)
        #expect(site.told == ["a": 0, "b": 7200])
        site.surplus = 8_300_000
        site.run(from: 201, through: 300)
        // 8300 − 4140 = 4160 W for a, whose minimum is 4140 W.
        #expect(site.told == ["a": 6000, "b": 6000])
    }

    @Test func circuitsHoldBesideTheSurplus() throws {
        var site = try site(["a"], surplus: 11_000, fuse: 10_000)
        site.run(from: 0, through: 99)
        let decision = site.tick(100)
        #expect(site.told["a"] == 10_000)
        #expect(decision.boxes["a"]?.reason == .node("main", .l1))
    }

    @Test func aDipShorterThanTheStopDelayStopsNobody() throws {
        var site = try site(["a"], surplus: 6900)
        site.run(from: 0, through: 200)
        #expect(site.told["a"] == 10_000)
        site.surplus = 0
        site.tick(201)
        #expect(site.told["a"] == 6000, "downwards at once")
        site.run(from: 202, through: 380)
        #expect(site.told["a"] == 6000)
        site.surplus = 6_900_000
        site.run(from: 381, through: 400)
        #expect(site.told["a"] == 10_000)
        site.surplus = 0
        site.run(from: 401, through: 580)
        #expect(site.told["a"] == 6000, "the delay begins anew")
        site.tick(581)
        #expect(site.told["a"] == 0)
    }

    @Test func aSurplusNobodyKnowsIsNone() throws {
        var site = try site(["a"], surplus: 6900)
        site.run(from: 0, through: 200)
        site.surplus = nil
        site.run(from: 201, through: 380)
        #expect(site.told["a"] == 6000)
        site.tick(381)
        #expect(site.told["a"] == 0)
    }

    @Test func fusesAndDimmingDoNotWaitForTheStopDelay() throws {
        var site = try site(["a"], surplus: 6900)
        site.run(from: 0, through: 200)
        site.budgets = [PowerLimit(milliwatts: 4_000_000, cause: .dimming)]
        let decision = site.tick(201)
        #expect(site.told["a"] == 0)
        #expect(decision.boxes["a"]?.reason == .budget(.dimming))
        site.budgets = []
        site.run(from: 202, through: 230)
        #expect(site.told["a"] == 10_000, "the surplus was there all the time")
        site.limits.tree = try CircuitTree([CircuitNode(id: "main", limit: PhaseCurrents(each: 5000))])
        site.tick(231)
        #expect(site.told["a"] == 0)
    }

    /// b comes first but has to wait until a, which is still in its stop delay, has made room.
    @Test func nobodyStartsWithWhatAnotherStillHolds() throws {
        var site = try site(["a"], surplus: 5000)
        site.limits.boxes.append(BoxSetup(id: "b", node: "main", ability: site.limits.boxes[0].ability))
        site.run(from: 0, through: 200)
        #expect(site.told["a"] == 7200)
        site.boxes.append(BoxSnapshot(id: "b", state: .c, mode: .surplus, priority: 1, queue: 1))
        for time in 201...500 {
            site.tick(Double(time))
            #expect((site.told["a"] ?? 0) + max(0, site.told["b"] ?? 0) <= 7200, "\(time) s")
        }
        #expect(site.told == ["a": 0, "b": 7200])
    }

    @Test func aCarThatRestsLeavesTheSurplusToOthers() throws {
        var site = try site(["a", "b"], surplus: 5000, hasMeter: true)
        for time in 0...59 { site.tick(Double(time), drawn: ["a": 0, "b": 0]) }
        for time in 60...200 {
            // a is full and draws nothing of what it is offered.
            site.tick(Double(time), drawn: ["a": 0, "b": max(0, site.told["b"] ?? 0)])
        }
        #expect(site.told["b"] == 7200)
    }

    @Test func aSilentBoxUsesTheSurplus() throws {
        var site = try site(["a", "b"], surplus: 10_000)
        site.run(from: 0, through: 100)
        site.muted = ["a"]
        site.run(from: 101, through: 200)
        #expect(site.told == ["a": 7200, "b": 7200], "nothing of what a may still draw is given to b")
    }

    @Test func anotherCarWaitsForTheStartDelayAnew() throws {
        var site = try site(["a"], surplus: 6900)
        site.run(from: 0, through: 100)
        site.boxes[0].state = .a
        site.run(from: 101, through: 110)
        #expect(site.told["a"] == 0)
        site.boxes[0].state = .c
        site.run(from: 111, through: 170)
        #expect(site.told["a"] == 0)
        site.tick(171)
        #expect(site.told["a"] == 10_000)
    }

    @Test func aBoxThatCharedFastGoesOnUntilItsStopDelayIsOver() throws {
        var site = try site(["a"], surplus: 0)
        site.boxes[0].mode = .fast
        site.run(from: 0, through: 50)
        site.boxes[0].mode = .surplus
        site.tick(51)
        #expect(site.told["a"] == 6000)
        site.run(from: 52, through: 230)
        #expect(site.told["a"] == 6000)
        site.tick(231)
        #expect(site.told["a"] == 0)
    }

    private func site(
        _ ids: [String], surplus: Int, fuse: Int = 63_000, hasMeter: Bool = false
    ) throws -> ScriptedSite {
        var site = try ScriptedSite(oneCircuit(fuse: fuse, boxes: ids, hasMeter: hasMeter))
        site.boxes = ids.enumerated().map { BoxSnapshot(id: $1, state: .c, mode: .surplus, queue: $0) }
        site.run(from: -30, through: -1)
        site.surplus = surplus * 1000
        return site
    }
}
