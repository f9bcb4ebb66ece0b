import LoadManagement
import TestTools
import Testing

/// One tick after the other, without a meter: modes, permissions, calm.
struct LoadControlTests {
    @Test func theSameInputBringsNoNewOrders() throws {
        var site = try charging(["a", "b", "c"], fuse: 32_000)
        site.run(from: 0, through: 60)
        #expect(site.told == ["a": 10_700, "b": 10_700, "c": 10_600])
        for time in 61...300 {
            site.tick(Double(time))
            #expect(site.orders.isEmpty, "\(time) s")
        }
    }

    @Test func theSameStepTwiceIsTheSame() throws {
        let site = try charging(["a", "b"], fuse: 16_000)
        let snapshot = Snapshot(boxes: site.boxes)
        let first = LoadControl.step(snapshot, limits: site.limits, memory: Memory(), now: seconds(1))
        let second = LoadControl.step(snapshot, limits: site.limits, memory: Memory(), now: seconds(1))
        #expect(first.decision == second.decision && first.memory == second.memory)
    }

    @Test func aBoxNobodyKnowsIsStoppedBeforeOthersRelyOnIt() throws {
        var site = try charging(["a", "b"], fuse: 16_000)
        site.tick(0)
        #expect(site.memory.bookings.values.allSatisfy { $0.lastTold == nil })
        site.tick(1)
        #expect(site.told == ["a": 0, "b": 0], "2 x 16 A rated do not fit behind 16 A")
        #expect(site.orders.allSatisfy { $0.kind == .lower })
        site.run(from: 2, through: 30)
        #expect(site.told == ["a": 8000, "b": 8000])
    }

    @Test func whereEverythingFitsABoxIsToldItsShareAtOnce() throws {
        var site = try charging(["a", "b"], fuse: 32_000)
        site.run(from: 0, through: 1)
        #expect(site.told == ["a": 16_000, "b": 16_000])
    }

    @Test func whatABoxRefusesToGiveUpIsTakenFromTheOthers() throws {
        try keepingItsCurrent(asked: 2...4, "every 30 s") { $0.refusing = $1 }
    }

    /// It answers, reads as before, and draws no more than what it was once told: it looks as if it were about to follow.
    @Test func aBoxThatAnswersALoweringAndGoesOnIsMadeRoomForUntilItFollows() throws {
        try keepingItsCurrent(asked: 12...20, "every 5 to 7 s") { $0.ignoring = $1 }
    }

    /// The frame that kept it going was late, and came after the order: it is asked again in the tick that sees it, and
    /// after that every 5 s only.
    @Test func aLoweringThatALateFrameUndoesIsGivenAgainAtOnce() throws {
        var site = try charging(["a", "b"], fuse: 32_000)
        site.run(from: 0, through: 20)
        #expect(site.told == ["a": 16_000, "b": 16_000])
        site.ignoring = ["a"]
        site.limits.tree = try CircuitTree([CircuitNode(id: "main", limit: PhaseCurrents(each: 24_000))])
        var times: [Int] = []
        for time in 21...40 {
            site.tick(Double(time))
            if site.orders.contains(where: { $0.box == "a" && $0.value == 12_000 }) { times.append(time) }
        }
        #expect(times.prefix(2) == [21, 22])
        #expect(zip(times.dropFirst(), times.dropFirst(2)).allSatisfy { $1 - $0 >= 5 }, "\(times)")
        #expect(times.count >= 4)
    }

    /// Box a keeps its 16 A of 24 A for 100 s, and is asked again so often; b has the rest until a follows.
    private func keepingItsCurrent(
        asked: ClosedRange<Int>, _ pace: String, _ keep: (inout ScriptedSite, Set<String>) -> Void
    ) throws {
        var site = try charging(["a", "b"], fuse: 32_000)
        site.run(from: 0, through: 20)
        #expect(site.told == ["a": 16_000, "b": 16_000])
        keep(&site, ["a"])
        site.limits.tree = try CircuitTree([CircuitNode(id: "main", limit: PhaseCurrents(each: 24_000))])
        site.run(from: 21, through: 24)
        #expect(site.told["b"] == 8000, "a goes on with 16 A of 24 A")
        var times = 0
        for time in 25...120 {
            site.tick(Double(time))
            times += site.orders.count { $0.box == "a" && $0.value == 12_000 }
            #expect(site.told["b"] == 8000, "\(time) s")
        }
        #expect(asked.contains(times), "a is asked again \(pace)")
        keep(&site, [])
        site.run(from: 121, through: 180)
        #expect(site.told == ["a": 12_000, "b": 12_000])
    }

    @Test(arguments: [HostMode.off, .observe]) func withoutManagingNothingIsOrdered(_ mode: HostMode) throws {
        var site = try charging(["a"], fuse: 32_000)
        site.mode = mode
        for time in 0...20 {
            let decision = site.tick(Double(time))
            #expect(decision.orders.isEmpty)
            #expect(decision.boxes["a"]?.reason == .mode && decision.boxes["a"]?.target == 0)
        }
    }

    @Test func aBoxWithoutACarAndABoxThatIsOffAreStopped() throws {
        var site = try charging(["a", "b"], fuse: 32_000)
        site.run(from: 0, through: 20)
        site.boxes[0].state = .a
        site.boxes[1].mode = .off
        site.tick(21)
        #expect(site.told == ["a": 0, "b": 0])
    }

    @Test func anUnreadableStateStopsNobodyAndRaisesNobody() throws {
        var site = try charging(["a", "b"], fuse: 16_000)
        site.run(from: 0, through: 30)
        site.boxes[0].state = .unknown
        site.boxes[1].state = .a
        let decision = site.tick(31)
        site.run(from: 32, through: 90)
        #expect(site.told == ["a": 8000, "b": 0])
        #expect(decision.boxes["a"]?.reason == .fault)
    }

    @Test(arguments: [
        (BoxSnapshot.Withheld.licence, Reason.licence), (.trust, .trust), (.fault, .fault),
    ]) func aWithheldBoxIsLoweredAndStoppedButNotRaised(_ withheld: BoxSnapshot.Withheld, _ reason: Reason) throws {
        var site = try charging(["a", "b"], fuse: 16_000)
        site.run(from: 0, through: 30)
        site.boxes[0].withheld = withheld
        site.boxes[1].state = .a
        site.run(from: 31, through: 90)
        #expect(site.told == ["a": 8000, "b": 0], "not raised")
        #expect(site.tick(91).boxes["a"]?.reason == reason)
        site.limits.tree = try CircuitTree([CircuitNode(id: "main", limit: PhaseCurrents(each: 7000))])
        site.tick(92)
        #expect(site.told["a"] == 7000, "lowered")
        site.boxes[0].mode = .off
        site.tick(93)
        #expect(site.told["a"] == 0, "stopped")
        site.boxes[0].mode = .fast
        site.run(from: 94, through: 130)
        #expect(site.told["a"] == 0, "not started")
    }

    @Test func anUnlicensedBoxIsBookedAtItsRatedCurrentAndLeftAlone() throws {
        var site = try charging(["a", "b"], fuse: 32_000)
        site.boxes[0].withheld = .licence
        site.run(from: 0, through: 60)
        #expect(site.told == ["a": -1, "b": 16_000])
        #expect(site.tick(61).boxes["a"]?.booked == PhaseCurrents(each: 16_000))
    }

    @Test func anUnstoppableBoxGoesOnAtItsMinimum() throws {
        var site = try charging(["a", "b"], fuse: 11_000)
        site.limits.boxes[1].ability.isStoppable = false
        site.run(from: 0, through: 60)
        // b comes last in the queue but keeps its 6 A; the 5 A that are left start nobody.
        #expect(site.told == ["a": 0, "b": 6000])
    }

    @Test func aRemovedBoxIsStoppedAndForgottenWhenThatIsConfirmed() throws {
        var site = try charging(["a", "b"], fuse: 16_000)
        site.run(from: 0, through: 30)
        site.limits.boxes.removeLast()
        site.boxes.removeLast()
        site.tick(31)
        #expect(site.told["b"] == 0)
        #expect(site.told["a"] == 8000, "b may still draw")
        site.run(from: 32, through: 36)
        #expect(site.told["b"] == 0)
        site.run(from: 37, through: 50)
        #expect(site.told == ["a": 16_000])
    }

    @Test func aRemovedBoxThatIsSilentStaysBookedUntilAPersonForgetsIt() throws {
        var site = try charging(["a", "b"], fuse: 16_000)
        site.run(from: 0, through: 30)
        site.muted = ["b"]
        site.limits.boxes.removeLast()
        site.run(from: 31, through: 3600)
        #expect(site.told["a"] == 8000)
        site.memory.forget("b")
        site.run(from: 3601, through: 3610)
        #expect(site.told == ["a": 16_000])
    }

    @Test func aRemovedBoxThatCannotBeStoppedStaysBookedUntilAPersonForgetsIt() throws {
        var site = try charging(["a", "b"], fuse: 22_000)
        site.limits.boxes[1].ability.isStoppable = false
        site.run(from: 0, through: 30)
        site.limits.boxes.removeLast()
        site.boxes.removeLast()
        site.run(from: 31, through: 3600)
        #expect(site.told == ["a": 16_000, "b": 6000])
        #expect(site.tick(3601).boxes["b"]?.booked == PhaseCurrents(each: 6000))
        site.limits.tree = try CircuitTree([CircuitNode(id: "main", limit: PhaseCurrents(each: 14_000))])
        site.run(from: 3602, through: 3660)
        #expect(site.told["a"] == 8000, "its 6 A are not given away")
        site.memory.forget("b")
        site.run(from: 3661, through: 3680)
        #expect(site.told == ["a": 14_000])
    }

    @Test func aRemovedBoxThatStartsByItselfStaysBookedUntilAPersonForgetsIt() throws {
        let watchdog = BoxAbility.Watchdog(timeout: seconds(30), fallback: 6000)
        var site = try charging(["a", "b"], fuse: 16_000)
        site.limits.boxes[1].ability.watchdog = watchdog
        site.run(from: 0, through: 30)
        site.limits.boxes.removeLast()
        site.boxes.removeLast()
        site.run(from: 31, through: 600)
        #expect(site.told == ["a": 10_000, "b": 0], "it would charge with 6 A when nobody talks to it any more")
        site.memory.forget("b")
        site.run(from: 601, through: 620)
        #expect(site.told == ["a": 16_000])
    }

    @Test func aBoxThatDoesOtherThanToldIsStoppedWhereItsCircuitCarriesTooMuch() throws {
        var site = try charging(["a", "b"], fuse: 32_000)
        site.limits.boxes[0].ability.hasMeter = true
        site.run(from: 0, through: 30)
        #expect(site.told == ["a": 16_000, "b": 16_000])
        // Somebody else's 20 A at a: b gives way, and a is told again what it was told before.
        site.memory.apply(.measured(PhaseCurrents(each: 20_000), at: seconds(31)), to: "a")
        site.tick(31)
        #expect(site.told["b"] == 11_000)
        #expect(site.told["a"] == 16_000)
        // Now the circuit carries less than a alone: it has to stop as well.
        site.limits.tree = try CircuitTree([CircuitNode(id: "main", limit: PhaseCurrents(each: 12_000))])
        site.tick(32)
        #expect(site.told == ["a": 0, "b": 0])
    }

    @Test func aLoweringThatIsNotConfirmedIsRepeated() throws {
        var site = try charging(["a"], fuse: 16_000)
        site.run(from: 0, through: 30)
        site.ack = 1000
        site.boxes[0].maximum = 10_000
        var times: [Int] = []
        for time in 31...50 {
            site.tick(Double(time))
            if !site.orders.isEmpty { times.append(time) }
            #expect(site.orders.allSatisfy { $0.kind == .lower && $0.value == 10_000 })
        }
        #expect(times == [31, 36, 41, 46])
    }

    @Test func aPowerLimitLowersInTheSameTick() throws {
        var site = try charging(["a"], fuse: 32_000)
        site.run(from: 0, through: 30)
        // 4200 W / 690 V = 6.08 A.
        site.budgets = [PowerLimit(milliwatts: 4_200_000)]
        let decision = site.tick(31)
        #expect(site.told["a"] == 6000)
        #expect(decision.boxes["a"]?.reason == .budget(nil))
    }

    @Test func aSmallRaiseWaitsUntilItHasBeenPossibleForAWhile() throws {
        var site = try charging(["a"], fuse: 16_000)
        site.boxes[0].maximum = 10_000
        site.run(from: 0, through: 30)
        site.boxes[0].maximum = 10_400
        site.run(from: 31, through: 45)
        #expect(site.told["a"] == 10_000)
        site.boxes[0].maximum = 10_300
        site.tick(46)
        site.boxes[0].maximum = 10_400
        site.run(from: 47, through: 60)
        #expect(site.told["a"] == 10_000)
        site.tick(61)
        #expect(site.told["a"] == 10_300, "as far as was possible all the 30 s")
        site.boxes[0].maximum = 10_800
        site.run(from: 62, through: 63)
        #expect(site.told["a"] == 10_800, "0.5 A and more goes up at once")
    }

    @Test func noiseOfAMeterMovesNobodyForLong() throws {
        let load = NodeLoad.metered(worst: nil)
        var site = try ScriptedSite(oneCircuit(fuse: 35_000, boxes: ["a", "b"], load: load, hasMeter: true))
        site.boxes = [BoxSnapshot(id: "a", state: .c), BoxSnapshot(id: "b", state: .c, queue: 1)]
        var random = SeededGenerator(seed: 1)
        var orders = 0
        for time in 0..<1200 {
            var sum = PhaseCurrents(each: 15_000)
            for id in ["a", "b"] {
                let drawn = PhaseCurrents(each: max(0, site.told[id] ?? 0))
                site.memory.apply(.measured(drawn, at: seconds(Double(time))), to: id)
                sum += drawn
            }
            site.measure(sum + PhaseCurrents(each: Int.random(in: -200...200, using: &random)), time)
            site.tick(Double(time))
            orders += time >= 600 ? site.orders.count : 0
        }
        // 600 s with noise of 0.4 A in every reading.
        #expect(orders <= 20, "\(orders) orders in ten minutes")
        #expect(site.told.values.allSatisfy { (9600...10_100).contains($0) })
    }

    @Test func aBoxWithoutAProofDoesNotSwingBehindAMeter() throws {
        let load = NodeLoad.metered(worst: nil)
        var site = try ScriptedSite(oneCircuit(fuse: 35_000, boxes: ["a"], load: load, hasMeter: false))
        site.boxes = [BoxSnapshot(id: "a", state: .c)]
        var orders: [Int] = []
        for time in 0..<600 {
            let drawn = max(0, site.told["a"] ?? 0)
            site.measure(PhaseCurrents(each: 10_000 + drawn), time)
            site.tick(Double(time))
            orders += site.orders.map(\.value)
        }
        // Its own draw is taken for house: 10 A + x + x = 35 A.
        #expect(site.told["a"] == 12_500)
        #expect(orders.count <= 3, "\(orders)")
    }

    @Test func whatIsRememberedSurvivesStorage() throws {
        var site = try charging(["a", "b"], fuse: 16_000)
        site.run(from: 0, through: 30)
        let stored = try coded(site.memory)
        #expect(stored == site.memory)
    }

    private func charging(_ ids: [String], fuse: Int) throws -> ScriptedSite {
        var site = try ScriptedSite(oneCircuit(fuse: fuse, boxes: ids))
        site.boxes = ids.enumerated().map { BoxSnapshot(id: $1, state: .c, queue: $0) }
        return site
    }
}
