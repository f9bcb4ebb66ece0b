import LoadManagement
import Testing

/// What a meter says about the load that is not a box.
struct BaseLoadTests {
    /// 35 A, house 20 A, a box told 16 A that draws nothing: what it may draw at any moment is not given away.
    @Test func aBoxThatDrawsNothingProvesNothing() throws {
        var site = try metered(fuse: 36_000, boxes: ["a", "b"])
        site.boxes = [BoxSnapshot(id: "a", state: .c), BoxSnapshot(id: "b", state: .a, queue: 1)]
        run(&site, 0...30, house: 20_000, drawn: [:])
        #expect(site.told["a"] == 16_000)
        site.boxes[1].state = .c
        let decision = run(&site, 31...60, house: 20_000, drawn: [:])
        // 36 - 20 = 16 A: 8 A each, not 15 A beside the 16 A.
        #expect(site.told == ["a": 8000, "b": 8000])
        #expect(decision?.nodes["main"]?.base == PhaseCurrents(each: 20_000))
    }

    @Test func whatABoxIsMeasuredToDrawIsNotHouse() throws {
        var site = try metered(fuse: 35_000, boxes: ["a"])
        site.boxes = [BoxSnapshot(id: "a", state: .c)]
        run(&site, 0...30, house: 10_000, drawn: [:])
        let decision = run(&site, 31...60, house: 10_000, drawn: ["a": 16_000])
        #expect(decision?.nodes["main"]?.base == PhaseCurrents(each: 10_000))
    }

    @Test func ofAnUnknownRotationOnlyWhatIsOnEveryPhaseIsProven() throws {
        var site = try metered(fuse: 35_000, boxes: ["a"], rotation: .unknown)
        site.boxes = [BoxSnapshot(id: "a", state: .c)]
        run(&site, 0...10, house: 10_000, drawn: [:])
        for time in 11...13 {
            site.memory.apply(.measured(PhaseCurrents(9000, 8000, 7000), at: seconds(Double(time))), to: "a")
        }
        site.measure(PhaseCurrents(19_000, 18_000, 17_000), 13)
        #expect(site.tick(13).nodes["main"]?.base == PhaseCurrents(12_000, 11_000, 10_000))
    }

    @Test func aCarThatStartsDoesNotLookLikeAHouse() throws {
        var site = try metered(fuse: 35_000, boxes: ["a", "b"])
        site.boxes = [BoxSnapshot(id: "a", state: .c), BoxSnapshot(id: "b", state: .c, queue: 1)]
        // The shares of cars that draw nothing stay.
        site.limits.reclaim = nil
        run(&site, 0...60, house: 10_000, drawn: [:])
        #expect(site.told == ["a": 12_500, "b": 12_500])
        for time in 61...80 {
            site.memory.apply(
                .measured(PhaseCurrents(each: time < 62 ? 0 : 12_500), at: seconds(Double(time))), to: "a")
            site.memory.apply(.measured(.zero, at: seconds(Double(time))), to: "b")
            site.measure(PhaseCurrents(each: time < 62 ? 10_000 : 22_500), time)
            site.tick(Double(time))
            #expect(site.told == ["a": 12_500, "b": 12_500], "\(time) s")
        }
    }

    @Test func aBoxWhoseMeterIsSlowerThanTheHousesIsNotTakenForHouse() throws {
        var site = try metered(fuse: 35_000, boxes: ["a", "b"])
        site.boxes = [BoxSnapshot(id: "a", state: .c), BoxSnapshot(id: "b", state: .a, queue: 1)]
        // The car follows 2 s after it was told, the box shows it 4 s later still.
        for time in 0...40 {
            let told = max(0, site.told["a"] ?? 0)
            let raisedAt = 7
            let drawn = time >= raisedAt + 2 ? told : 0
            let shown = time >= raisedAt + 6 ? told : 0
            site.memory.apply(.measured(PhaseCurrents(each: shown), at: seconds(Double(time))), to: "a")
            site.memory.apply(.measured(.zero, at: seconds(Double(time))), to: "b")
            site.measure(PhaseCurrents(each: 19_000 + drawn), time)
            site.tick(Double(time))
            if time == raisedAt { #expect(site.told["a"] == 16_000) }
            if time > raisedAt { #expect(site.told["a"] == 16_000, "\(time) s") }
        }
    }

    @Test func aFrozenMeterIsBlind() throws {
        var site = try metered(fuse: 35_000, boxes: ["a"], worst: 29_000)
        site.boxes = [BoxSnapshot(id: "a", state: .c)]
        run(&site, 0...10, house: 10_000, drawn: [:])
        let frozen = PhaseCurrents(each: 10_000)
        for time in 11...80 {
            site.meters["main"] = MeterSample(at: seconds(Double(time)), current: frozen, counter: 7, words: 42)
            let decision = site.tick(Double(time))
            #expect(decision.nodes["main"]?.isBlind == (time >= 71), "\(time) s")
        }
        #expect(site.told["a"] == 6000)
    }

    /// The meter of `floor` stands still since before the box came, and shows 8 A of the house alone.
    @Test func aBoxThatWasMovedProvesNothingForAReadingFromBefore() throws {
        let tree = try CircuitTree([
            CircuitNode(id: "main", limit: PhaseCurrents(each: 40_000)),
            CircuitNode(id: "floor", limit: PhaseCurrents(each: 20_000), parent: "main"),
        ])
        let ability = BoxAbility(maximum: 16_000, pacing: 0, hasMeter: true)
        var site = ScriptedSite(
            SiteLimits(
                tree: tree, loads: ["floor": .metered(worst: PhaseCurrents(each: 20_000))],
                boxes: [BoxSetup(id: "a", node: "main", ability: ability)]))
        site.boxes = [BoxSnapshot(id: "a", state: .c)]
        var decision: Decision?
        for time in 0...50 {
            if time == 41 { site.limits.boxes[0].node = "floor" }
            site.meters["floor"] = MeterSample(
                at: seconds(Double(time)), current: PhaseCurrents(each: 8000), counter: Int64(min(time, 38)), words: 1)
            decision = site.tick(Double(time), drawn: ["a": max(0, site.told["a"] ?? 0)])
        }
        #expect(decision?.nodes["floor"]?.base == PhaseCurrents(each: 8000))
        #expect(site.told["a"] == 12_000)
    }

    @Test func aMeterWhoseCounterMovesIsNotFrozen() throws {
        var site = try metered(fuse: 35_000, boxes: ["a"])
        for time in 0...120 {
            site.meters["main"] = MeterSample(
                at: seconds(Double(time)), current: PhaseCurrents(each: 10_000), counter: Int64(time / 30), words: 42)
            #expect(site.tick(Double(time)).nodes["main"]?.isBlind == false)
        }
    }

    @Test func withoutAWorstCaseNobodyChargesBlindly() throws {
        var site = try metered(fuse: 35_000, boxes: ["a"], worst: nil)
        site.boxes = [BoxSnapshot(id: "a", state: .c)]
        run(&site, 0...30, house: 10_000, drawn: [:])
        #expect(site.told["a"] == 16_000)
        for time in 31...42 { site.tick(Double(time)) }
        #expect(site.told["a"] == 0)
    }

    @Test func feedInIsNoHeadroom() throws {
        var site = try metered(fuse: 16_000, boxes: ["a", "b"])
        site.boxes = [BoxSnapshot(id: "a", state: .c), BoxSnapshot(id: "b", state: .c, queue: 1)]
        let decision = run(&site, 0...60, house: -12_000, drawn: [:])
        #expect(decision?.nodes["main"]?.base == .zero)
        #expect(site.told == ["a": 8000, "b": 8000])
    }

    @Test func theLoadOfASubCircuitFlowsThroughItsParents() throws {
        let tree = try CircuitTree([
            CircuitNode(id: "main", limit: PhaseCurrents(each: 35_000)),
            CircuitNode(id: "floor", limit: PhaseCurrents(each: 32_000), parent: "main"),
        ])
        let limits = SiteLimits(
            tree: tree,
            loads: ["main": .fixed(PhaseCurrents(2000, 0, 0)), "floor": .fixed(PhaseCurrents(10_000, 4000, 0))],
            boxes: [])
        var site = ScriptedSite(limits)
        #expect(site.tick(0).nodes["main"]?.base == PhaseCurrents(12_000, 4000, 0))
        #expect(site.tick(1).nodes["floor"]?.base == PhaseCurrents(10_000, 4000, 0))
    }

    @discardableResult
    private func run(
        _ site: inout ScriptedSite, _ times: ClosedRange<Int>, house: Int, drawn: [String: Int]
    ) -> Decision? {
        var decision: Decision?
        for time in times {
            var sum = PhaseCurrents(each: house)
            for box in site.limits.boxes {
                let current = PhaseCurrents(each: drawn[box.id] ?? 0)
                site.memory.apply(.measured(current, at: seconds(Double(time))), to: box.id)
                sum += current
            }
            site.measure(sum, time)
            decision = site.tick(Double(time))
        }
        return decision
    }

    private func metered(
        fuse: Int, boxes: [String], worst: Int? = 30_000, rotation: Rotation = .r123
    ) throws -> ScriptedSite {
        let load = NodeLoad.metered(worst: worst.map { PhaseCurrents(each: $0) })
        var limits = try oneCircuit(fuse: fuse, boxes: boxes, load: load, hasMeter: true)
        for box in limits.boxes.indices { limits.boxes[box].rotation = rotation }
        return ScriptedSite(limits)
    }
}
