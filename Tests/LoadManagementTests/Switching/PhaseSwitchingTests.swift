import LoadManagement
import TestTools
import Testing

/// Switching between one phase and three, beyond what timeline T7 shows.
struct PhaseSwitchingTests {
    private let single = PhaseSet(first: 1)

    @Test func aBoxThatCannotSwitchStaysAsItIs() throws {
        var site = try site(switching: nil, surplus: 3000)
        site.run(from: 0, through: 600)
        #expect(site.told["a"] == 0)
        #expect(site.memory.bookings["a"]?.lastTold?.terminals == .all)
    }

    @Test func asManySwitchesAsTheCarIsAllowed() throws {
        var site = try site(surplus: 3000)
        site.limits.switching.perSession = 2
        site.run(from: 0, through: 299)
        site.surplus = 5_000_000
        site.run(from: 300, through: 900)
        #expect(site.memory.bookings["a"]?.lastTold?.terminals == .all, "the second switch, after that to L1")
        site.surplus = 3_000_000
        site.run(from: 901, through: 1080)
        #expect(site.told["a"] == 6000)
        site.run(from: 1081, through: 3000)
        #expect(site.memory.bookings["a"]?.lastTold?.terminals == .all)
        site.boxes[0].state = .a
        site.run(from: 3001, through: 3010)
        site.boxes[0].state = .c
        site.run(from: 3011, through: 3200)
        #expect(site.told["a"] == 13_000, "for the next car it is switched again")
    }

    /// Two boxes of 1380 W each leave nothing for a third phase; a switch up would throw the other one out.
    @Test func nobodyIsSwitchedUpAtTheCostOfAnother() throws {
        var site = try site(["a", "b"], surplus: 4000)
        site.run(from: 0, through: 200)
        site.surplus = 5_000_000
        site.run(from: 201, through: 1200)
        // 5 kW / 230 V = 21.7 A.
        #expect(site.told == ["a": 10_900, "b": 10_800])
        #expect(site.memory.bookings.values.allSatisfy { $0.lastTold?.terminals == single })
    }

    /// 20 A of unbalance hold one phase at 4600 W; three phases have none.
    @Test func anUnbalanceLimitHoldsOnePhaseAndNotThree() throws {
        var site = try site(surplus: 0, maximum: 32_000)
        site.limits.unbalance = 20_000
        site.surplus = 4_000_000
        site.run(from: 0, through: 299)
        #expect(site.told["a"] == 17_300)
        site.surplus = 7_000_000
        let decision = (300...599).map { site.tick(Double($0)) }.last
        #expect(site.told["a"] == 20_000)
        #expect(decision?.boxes["a"]?.reason == .unbalance)
        site.run(from: 600, through: 650)
        // 7 kW / 690 V.
        #expect(site.told["a"] == 10_100)
    }

    @Test func theUnbalanceLimitCountsOverAllBoxesWhileOneIsSwitched() throws {
        var site = try site(["a", "b"], surplus: 3000, maximum: 32_000)
        site.limits.unbalance = 20_000
        site.boxes[1].mode = .fast
        site.limits.boxes[1].rotation = .r231
        site.boxes[1].terminals = single
        var random = SeededGenerator(seed: 5)
        for time in 0...4000 {
            if time % 400 == 0 { site.surplus = 1_000_000 * Int.random(in: 0...9, using: &random) }
            let decision = site.tick(Double(time))
            let booked = decision.boxes.values.reduce(PhaseCurrents.zero) { $0 + $1.booked }
            guard time > 30 else { continue }
            #expect(booked.spread <= 20_000, "\(time) s: \(booked)")
        }
    }

    @Test func whereTheOtherPhasesAreFullOneGoesOn() throws {
        var site = try site(surplus: 0, fuse: 16_000)
        site.boxes[0].mode = .fast
        site.run(from: 0, through: 20)
        #expect(site.told["a"] == 16_000)
        site.limits.loads = ["main": .fixed(PhaseCurrents(3000, 11_000, 2000))]
        site.run(from: 21, through: 600)
        #expect(site.told["a"] == 0, "not without the option")
        site.limits.switching.isForCrowding = true
        site.run(from: 601, through: 780)
        #expect(site.told["a"] == 0)
        site.run(from: 781, through: 800)
        #expect(site.told["a"] == 13_000)
        site.limits.loads = [:]
        site.run(from: 801, through: 1380)
        #expect(site.memory.bookings["a"]?.lastTold?.terminals == single, "600 s apart")
        site.run(from: 1381, through: 1400)
        #expect(site.told["a"] == 16_000)
        #expect(site.memory.bookings["a"]?.lastTold?.terminals == .all)
    }

    @Test func aPersonsChoiceHolds() throws {
        var site = try site(surplus: 11_000)
        site.run(from: 0, through: 100)
        #expect(site.told["a"] == 15_900)
        site.boxes[0].terminals = single
        site.tick(101)
        #expect(site.told["a"] == 0)
        site.run(from: 102, through: 2000)
        #expect(site.told["a"] == 16_000)
        #expect(site.memory.bookings["a"]?.lastTold?.terminals == single)
    }

    @Test func aBoxThatIsNotTrustedIsNotSwitched() throws {
        var site = try site(surplus: 11_000)
        site.run(from: 0, through: 100)
        site.boxes[0].withheld = .trust
        site.surplus = 3_000_000
        site.run(from: 101, through: 280)
        #expect(site.told["a"] == 6000)
        #expect(site.memory.bookings["a"]?.lastTold?.terminals == .all)
    }

    @Test func theFirstOrderIsAStopUntilTheBoxShowsItsPhases() throws {
        var site = try ScriptedSite(oneCircuit(fuse: 63_000, boxes: ["a"]))
        site.limits.boxes[0].ability.switching = PhaseSwitching()
        site.boxes = [BoxSnapshot(id: "a", state: .c)]
        site.run(from: 0, through: 1)
        #expect(site.told["a"] == 0)
        var known = try ScriptedSite(oneCircuit(fuse: 63_000, boxes: ["a"]))
        known.limits.boxes[0].ability.switching = PhaseSwitching()
        known.boxes = [BoxSnapshot(id: "a", state: .c)]
        known.tick(0)
        known.memory.apply(.phases(.all, at: seconds(0)), to: "a")
        known.tick(1)
        #expect(known.told["a"] == 16_000, "one that charges is not interrupted without need")
    }

    @Test func aBoxThatShowsItsOldPhasesIsNotStarted() throws {
        var site = try site(surplus: 3000)
        for time in 0...100 {
            site.memory.apply(.phases(.all, at: seconds(Double(time))), to: "a")
            let decision = site.tick(Double(time))
            #expect(site.told["a"] == 0)
            if time > 70 { #expect(decision.boxes["a"]?.reason == .phases) }
        }
        site.memory.apply(.phases(single, at: seconds(101)), to: "a")
        site.tick(101)
        #expect(site.told["a"] == 13_000)
    }

    @Test func aBoxThatDoesNotSwitchGoesOnAsItIs() throws {
        var site = try site(surplus: 3000)
        for time in 0...310 {
            site.memory.apply(.phases(.all, at: seconds(Double(time))), to: "a")
            site.tick(Double(time))
        }
        #expect(site.told["a"] == 0)
        site.surplus = 6_900_000
        for time in 311...400 {
            site.memory.apply(.phases(.all, at: seconds(Double(time))), to: "a")
            site.tick(Double(time))
        }
        #expect(site.told["a"] == 10_000)
    }

    /// 20 A, 13 A for a on L1; when a lets current through on all phases, b on L2 has to make room.
    @Test func phasesThatABoxShowsAreSharedWithTheOthers() throws {
        var site = try site(["a", "b"], surplus: 3000, fuse: 20_000)
        site.boxes[1].mode = .fast
        site.boxes[1].terminals = PhaseSet(.l2)
        site.limits.boxes[1].ability.switching = nil
        site.run(from: 0, through: 100)
        #expect(site.told == ["a": 13_000, "b": 16_000])
        site.memory.apply(.phases(.all, at: seconds(101)), to: "a")
        site.tick(101)
        #expect((site.told["a"] ?? 0) + (site.told["b"] ?? 0) <= 20_000)
    }

    @Test func whatFlowsOnAPhaseThatWasSwitchedOffIsBooked() throws {
        var site = try site(surplus: 3000, hasMeter: true)
        site.run(from: 0, through: 80)
        #expect(site.told["a"] == 13_000)
        site.memory.apply(.measured(PhaseCurrents(each: 13_000), at: seconds(81)), to: "a")
        let decision = site.tick(81)
        #expect(decision.boxes["a"]?.booked.smallest ?? 0 >= 13_000)
        #expect(decision.boxes["a"]?.reason == .fault)
        #expect(decision.boxes["a"]?.alarms.isEmpty == false)
    }

    @Test func aMinimumIsDrawnOnOnePhaseWithoutSun() throws {
        var site = try site(surplus: 6900)
        site.boxes[0].mode = .minSurplus
        site.run(from: 0, through: 100)
        #expect(site.told["a"] == 10_000)
        site.surplus = 0
        site.run(from: 101, through: 280)
        #expect(site.told["a"] == 6000)
        #expect(site.memory.bookings["a"]?.lastTold?.terminals == .all)
        site.run(from: 281, through: 300)
        #expect(site.told["a"] == 6000)
        #expect(site.memory.bookings["a"]?.lastTold?.terminals == single)
    }

    @Test func othersDoNotTakeTheShareOfABoxThatIsBeingSwitched() throws {
        var site = try site(["a", "b"], surplus: 3000, fuse: 20_000)
        site.boxes[1].mode = .fast
        site.boxes[1].priority = -1
        site.run(from: 0, through: 299)
        #expect(site.told["a"] == 13_000)
        site.surplus = 6_900_000
        site.run(from: 300, through: 599)
        let before = site.told["b"]
        for time in 600...640 {
            let decision = site.tick(Double(time))
            if decision.boxes["a"]?.isSwitching == true { #expect(site.told["b"] ?? 0 <= max(before ?? 0, 10_000)) }
        }
        #expect(site.told == ["a": 10_000, "b": 10_000])
    }

    private func site(
        _ ids: [String] = ["a"], switching: PhaseSwitching? = PhaseSwitching(), surplus: Int, fuse: Int = 63_000,
        maximum: Int = 16_000, hasMeter: Bool = false
    ) throws -> ScriptedSite {
        var limits = try oneCircuit(fuse: fuse, boxes: ids, hasMeter: hasMeter)
        for place in limits.boxes.indices {
            limits.boxes[place].ability.switching = switching
            limits.boxes[place].ability.maximum = maximum
        }
        var site = ScriptedSite(limits)
        site.boxes = ids.enumerated().map { BoxSnapshot(id: $1, state: .c, mode: .surplus, queue: $0) }
        site.run(from: -30, through: -1)
        site.surplus = surplus * 1000
        return site
    }
}
