import LoadManagement
import Testing

/// Rule 5: nobody starves.
struct TurnTests {
    @Test(arguments: 2...12) func ofNBoxesWithRoomForKEachGetsKOfNTurns(_ count: Int) throws {
        for room in 1..<count {
            let boxes = (0..<count).map { (id: "b\($0)", node: "main", phases: 3) }
            // 5 A are left over: less than a box needs. A small raise may come 30 s after a turn has changed.
            var site = try site([("main", 6 * room + 5, nil)], boxes)
            site.plugAll()
            var turns: [String: Int] = [:]
            for time in 0..<60 * count {
                site.tick(Double(time))
                guard time % 60 >= 45 else { continue }
                #expect(site.orders.isEmpty, "\(count) boxes, room for \(room), \(time) s: calm between turns")
                if time % 60 == 50 { for id in site.charging { turns[id, default: 0] += 1 } }
            }
            #expect(turns == Dictionary(uniqueKeysWithValues: boxes.map { ($0.id, room) }), "room for \(room)")
        }
    }

    @Test func whoHasChargedLongestYieldsAndGoesToTheEnd() throws {
        var site = try threeBoxes()
        var charged: [Set<String>] = []
        for time in 0..<300 {
            site.tick(Double(time))
            if time % 60 == 50 { charged.append(site.charging) }
        }
        #expect(charged == [["a", "b"], ["b", "c"], ["c", "a"], ["a", "b"], ["b", "c"]])
    }

    @Test func withoutTurnsTheFirstInTheQueueGoOn() throws {
        var site = try threeBoxes(turn: nil)
        site.run(from: 0, through: 4000)
        #expect(site.charging == ["a", "b"])
        #expect(site.tick(4001).boxes["c"]?.nextTurn == nil)
    }

    @Test func whoWaitsIsToldWhyAndUntilWhen() throws {
        var site = try threeBoxes()
        site.run(from: 0, through: 30)
        let decision = site.tick(31)
        #expect(decision.boxes["c"]?.reason == .queue(node: "main", phase: .l1))
        #expect(decision.boxes["c"]?.nextTurn == seconds(60))
        #expect(decision.boxes["a"]?.nextTurn == nil)
    }

    @Test func theClockBeginsWhenSomebodyWaits() throws {
        var site = try threeBoxes()
        site.boxes[2].state = .a
        site.run(from: 0, through: 99)
        site.boxes[2].state = .b
        site.run(from: 100, through: 159)
        #expect(site.charging == ["a", "b"])
        site.run(from: 160, through: 170)
        #expect(site.charging == ["b", "c"])
    }

    @Test func aHigherClassNeverYieldsToALowerOne() throws {
        var site = try threeBoxes()
        site.boxes[0].priority = 1
        var charged: [Set<String>] = []
        for time in 0..<300 {
            site.tick(Double(time))
            if time % 60 == 50 { charged.append(site.charging) }
        }
        #expect(charged == [["a", "b"], ["a", "c"], ["a", "b"], ["a", "c"], ["a", "b"]])
        site.boxes[1].priority = 1
        var orders = 0
        for time in 300..<900 {
            site.tick(Double(time))
            if time > 320 { orders += site.orders.count }
        }
        #expect(site.charging == ["a", "b"])
        #expect(orders == 0, "nobody of the class of c can yield to it")
    }

    @Test func aNewcomerWaitsBehindThoseWhoWait() throws {
        var site = try threeBoxes(count: 4)
        site.boxes[3].state = .a
        site.run(from: 0, through: 70)
        #expect(site.charging == ["b", "c"])
        site.boxes[3].state = .b
        // In the queue: a, which yielded, then d.
        site.run(from: 71, through: 130)
        #expect(site.charging == ["c", "a"])
        site.run(from: 131, through: 190)
        #expect(site.charging == ["a", "d"])
    }

    @Test func whoIsUnpluggedLosesItsPlace() throws {
        var site = try threeBoxes(count: 4)
        site.run(from: 0, through: 20)
        site.boxes[2].state = .a
        site.run(from: 21, through: 25)
        site.boxes[2].state = .b
        // The host counts cars in the order they come.
        site.boxes[2].queue = 9
        site.run(from: 26, through: 80)
        #expect(site.charging == ["b", "d"])
    }

    @Test func severalYieldToOneThatNeedsTheirPhases() throws {
        var site = try site(
            [("main", 6, nil)],
            [
                (id: "a", node: "main", phases: 1), (id: "b", node: "main", phases: 1),
                (id: "c", node: "main", phases: 3),
            ])
        site.limits.boxes[1].rotation = .r231
        site.plugAll()
        var charged: [Set<String>] = []
        for time in 0..<240 {
            site.tick(Double(time))
            #expect(!site.passesALimit())
            if time % 60 == 50 { charged.append(site.charging) }
        }
        #expect(charged == [["a", "b"], ["c"], ["a", "b"], ["c"]])
    }

    @Test func onlyWhoMakesRoomYields() throws {
        // c waits behind its own fuse; a on another one has charged as long as b.
        var site = try site(
            [("main", 63, nil), ("left", 6, "main"), ("right", 6, "main")],
            [
                (id: "a", node: "left", phases: 3), (id: "b", node: "right", phases: 3),
                (id: "c", node: "right", phases: 3),
            ])
        site.plugAll()
        var charged: [Set<String>] = []
        for time in 0..<180 {
            site.tick(Double(time))
            if time % 60 == 50 { charged.append(site.charging) }
            #expect(!site.orders.contains { $0.box == "a" && time > 20 })
        }
        #expect(charged == [["a", "b"], ["a", "c"], ["a", "b"]])
    }

    @Test func nobodyYieldsInVain() throws {
        // c needs 12 A; even if a yields, the box of the higher class leaves 6 A.
        var site = try threeBoxes()
        site.boxes[1].priority = 1
        site.boxes[2].minimum = 12_000
        site.run(from: 0, through: 30)
        #expect(site.charging == ["a", "b"])
        for time in 31...600 {
            site.tick(Double(time))
            #expect(site.orders.isEmpty, "\(time) s")
        }
    }

    @Test func aTurnChangesAtEveryFuseAtOnce() throws {
        var site = try site(
            [("main", 63, nil), ("left", 6, "main"), ("right", 6, "main")],
            ["a", "b", "c", "d"].enumerated().map { (id: $1, node: $0 % 2 == 0 ? "left" : "right", phases: 3) })
        site.plugAll()
        site.run(from: 0, through: 50)
        #expect(site.charging == ["a", "b"])
        site.run(from: 51, through: 110)
        #expect(site.charging == ["c", "d"])
    }

    @Test func anUnstoppableBoxDoesNotYield() throws {
        var site = try threeBoxes()
        site.limits.boxes[0].ability.isStoppable = false
        var charged: [Set<String>] = []
        for time in 0..<240 {
            site.tick(Double(time))
            if time % 60 == 50 { charged.append(site.charging) }
        }
        #expect(charged == [["a", "b"], ["a", "c"], ["a", "b"], ["a", "c"]])
    }

    @Test func whoDoesNotConfirmItsStopKeepsItsRoom() throws {
        var site = try threeBoxes()
        site.run(from: 0, through: 59)
        site.muted = ["a"]
        var orders = 0
        for time in 60..<600 {
            site.tick(Double(time))
            #expect(!site.passesALimit())
            orders += site.orders.filter { $0.kind == .raise }.count
        }
        // a is silent and holds 6 A for ever; b and c share the other 6 A in turn.
        #expect(orders <= 10, "\(orders) raises in ten turns")
        #expect(site.charging.subtracting(["a"]).count == 1)
    }

    @Test func aRestartedHostGoesOnWithThoseWhoCharge() throws {
        var site = try threeBoxes()
        site.run(from: 0, through: 100)
        #expect(site.charging == ["b", "c"])
        site.memory = Memory(bookings: site.memory.bookings.byName)
        site.memory.restart(at: seconds(101))
        site.run(from: 101, through: 150)
        #expect(site.charging == ["b", "c"])
    }

    private func threeBoxes(turn: Double? = 60, count: Int = 3) throws -> ScriptedSite {
        let ids = ["a", "b", "c", "d"].prefix(count)
        var site = try site([("main", 12, nil)], ids.map { (id: $0, node: "main", phases: 3) }, turn: turn)
        site.plugAll()
        return site
    }
}
