import Foundation
import LoadManagement
import Testing

/// Numbers and names from outside that cannot be: a clear word, and never a wrong allocation.
struct AbsurdInputTests {
    private static let extremes = [
        Int.min, Int.min + 1, -1_000_000_000_000, -1, 0, 1, 1_000_000_000_000, Int.max - 1, .max,
    ]

    @Test(arguments: extremes) func noNumberOfABoxStopsTheHost(_ value: Int) throws {
        var site = try running()
        site.limits.boxes[0].ability = BoxAbility(
            minimum: value, maximum: value, step: max(1, value), rated: value,
            watchdog: BoxAbility.Watchdog(timeout: Span(value), margin: Span(value), fallback: value),
            pacing: Span(value), carTime: Span(value), queueTime: Span(value), silentAfter: Span(value))
        site.limits.boxes[0].ability.step = value
        site.boxes[0] = BoxSnapshot(
            id: "a", state: .c, priority: value, queue: value, minimum: value, maximum: value)
        site.run(from: 31, through: 60)
        #expect((0...16_000).contains(site.told.values.reduce(0, +)), "\(site.told)")
    }

    @Test(arguments: extremes) func noNumberOfTheSiteStopsTheHost(_ value: Int) throws {
        var site = try running()
        let span = Span(value)
        let each = PhaseCurrents(each: value)
        site.limits.calm = Calm(smallRaise: value, patience: span, afterLowering: span)
        site.limits.turn = span
        site.limits.reclaim = ReclaimRule(detect: span, margin: value, clearly: value, asking: value, idle: span)
        site.limits.wakeUp = WakeUpRule(after: span, attempts: value, slept: span)
        site.limits.unbalance = value
        site.limits.budgets = [PowerLimit(milliwatts: value), PowerLimit(milliwatts: value, node: "nowhere")]
        site.limits.loads = ["main": .metered(worst: each), "nowhere": .fixed(each)]
        site.budgets = [PowerLimit(milliwatts: value)]
        for time in 31...60 {
            site.meters["main"] = MeterSample(
                at: time % 2 == 0 ? span : seconds(Double(time)), current: each, counter: span, words: 0)
            let decision = site.tick(Double(time), drawn: ["a": value, "b": value])
            #expect(decision.problems.contains(.unknownCircuit("nowhere", what: "a load")))
        }
        site.limits.loads = ["main": .fixed(each)]
        site.run(from: 61, through: 70)
    }

    @Test(arguments: extremes) func noReadingStopsTheHost(_ value: Int) throws {
        var site = try running()
        for time in 31...40 {
            site.memory.apply(.readBack(value, at: seconds(Double(time)), connection: 1), to: "a")
            site.memory.apply(.measured(PhaseCurrents(each: value), at: seconds(Double(time))), to: "a")
            site.tick(Double(time))
            #expect(!site.passesALimit() || site.memory.bookings["a"]?.alarms.isEmpty == false)
        }
    }

    @Test func aNegativeReadBackIsNoStop() throws {
        var box = BoxBooking(BoxSetup(id: "a", node: "main", ability: BoxAbility(maximum: 16_000, pacing: 0)))
        box.obey(10_000, at: 0)
        let stop = box.tell(0, at: 20)
        box.apply(.answered(number: stop, at: seconds(20.5)))
        box.apply(.readBack(-1, at: seconds(21), connection: 1))
        #expect(box.most(at: 60) == 10_000)
        box.apply(.readBack(0, at: seconds(61), connection: 1))
        #expect(box.most(at: 80) == 0)
    }

    @Test func aReadingFarAboveTheRatedCurrentIsNotUsedAndSaid() throws {
        var site = try running()
        let before = site.memory.bookings["a"]?.current(at: seconds(31))
        // 4 x 16 A is the most that is believed.
        site.tick(31, drawn: ["a": 64_001])
        #expect(site.memory.bookings["a"]?.current(at: seconds(31)) == before)
        let decision = site.tick(32)
        #expect(decision.boxes["a"]?.alarms == [.implausible(64_001)])
        #expect(
            decision.boxes["a"]?.alarms.first?.description
                == "measured 64.001 A, which it cannot carry: the reading is not used; check its meter")
        #expect(site.tick(33, drawn: ["a": 8000]).boxes["a"]?.alarms == [])
    }

    @Test func aReversedTransformerFreesNoPhase() throws {
        var box = BoxBooking(BoxSetup(id: "a", node: "main", ability: BoxAbility(maximum: 16_000, hasMeter: true)))
        box.obey(10_000, at: -20)
        for time in 0...120 {
            box.apply(.measured(PhaseCurrents(10_000, -10_000, 10_000), at: seconds(Double(time))))
        }
        #expect(box.current(at: seconds(120)) == PhaseCurrents(each: 10_000))
    }

    @Test func aMeterThatShowsWhatCannotBeMakesItsCircuitBlind() throws {
        var site = try running(load: .metered(worst: PhaseCurrents(each: 4000)))
        for current in [10_000_001, -10_000_001, Int.max, Int.min] {
            site.measure(PhaseCurrents(0, current, 0), 31)
            let decision = site.tick(31)
            #expect(decision.nodes["main"]?.isBlind == true)
            #expect(decision.nodes["main"]?.base == PhaseCurrents(each: 4000))
            #expect(decision.nodes["main"]?.alarms.count == 1)
        }
        site.measure(PhaseCurrents(each: 1000), 32)
        let decision = site.tick(32)
        #expect(decision.nodes["main"]?.isBlind == false && decision.nodes["main"]?.alarms == [])
    }

    @Test func aReadingFromTheFutureIsNotFreshForEver() throws {
        var site = try running(load: .metered(worst: nil))
        site.measure(PhaseCurrents(each: 1000), 1000)
        #expect(site.tick(31).nodes["main"]?.isBlind == true)
    }

    @Test func aBoxOnNoCircuitIsStoppedAndNamed() throws {
        var site = try running()
        site.limits.boxes[0].node = "cellar"
        let decision = site.tick(31)
        site.run(from: 32, through: 60)
        #expect(decision.problems == [.unknownNode(box: "a", node: "cellar")])
        #expect(
            decision.problems.first?.description
                == "box 'a' hangs on circuit 'cellar', which does not exist, and is not started: correct its node")
        #expect(decision.boxes["a"]?.reason == .fault)
        #expect(site.told == ["a": 0, "b": 16_000])
    }

    @Test func twoBoxesOfOneNameAreBothStopped() throws {
        var site = try running()
        site.limits.boxes.append(site.limits.boxes[0])
        let decision = site.tick(31)
        site.run(from: 32, through: 60)
        #expect(decision.problems == [.duplicateBox("a")])
        #expect(site.told == ["a": 0, "b": 16_000])
    }

    @Test func ofTwoWishesForABoxTheFirstCounts() throws {
        var site = try running()
        site.boxes.append(BoxSnapshot(id: "a", state: .a))
        let decision = site.tick(31)
        #expect(decision.problems == [.duplicateWish("a")])
        #expect(site.told == ["a": 8000, "b": 8000])
    }

    @Test func aLimitBelowAMinimumStartsNobody() throws {
        var site = try running()
        site.limits.tree = try CircuitTree([CircuitNode(id: "main", limit: PhaseCurrents(each: 5900))])
        let decision = site.tick(31)
        site.run(from: 32, through: 2000)
        #expect(site.told == ["a": 0, "b": 0])
        #expect(decision.boxes["a"]?.reason == .node("main", .l1) && decision.boxes["b"]?.reason == .node("main", .l1))
    }

    @Test func aPowerThatNoSiteHasIsALargeCurrentAndNoTrap() {
        #expect(CircuitNode.currentPerPhase(watts: 11_040) == 16_000)
        #expect(CircuitNode.currentPerPhase(watts: .max) == CircuitTree.largestCurrent)
        #expect(CircuitNode.currentPerPhase(watts: .min) == -CircuitTree.largestCurrent)
    }

    @Test(arguments: [Int.min, Int.max]) func aPriorityThatCannotBeIsAnErrorOfTheLine(_ priority: Int) throws {
        let line =
            #"{"nodes": {"main": {"limit": 16}}, "boxes": [{"id": "a", "node": "main", "max": 16, "priority": \#(priority)}]}"#
        let scenario = try JSONDecoder().decode(SingleScenario.self, from: Data(line.utf8))
        #expect(throws: ScenarioError.self) { try scenario.input() }
    }

    /// Two boxes at 8 A each on 16 A, at 30 s.
    private func running(load: NodeLoad = .fixed(.zero)) throws -> ScriptedSite {
        var site = try ScriptedSite(oneCircuit(fuse: 16_000, boxes: ["a", "b"], hasMeter: true))
        site.boxes = ["a", "b"].enumerated().map { BoxSnapshot(id: $1, state: .c, queue: $0) }
        site.run(from: -10, through: 30)
        site.limits.loads = ["main": load]
        return site
    }
}
