import DriverAPI
import LoadManagement
import Synchronization
import Testing

@testable import Host

/// Rules 1 and 9 at the drivers' door: what leaves, when, and after what.
@Suite struct OrderOfCommandsTests {
    /// Two boxes on 16 A; `b` has no car at first, so that `a` gets everything.
    private func world(_ limit: Int = 16) async throws -> World {
        let world = try await World(site(limit, ["a", "b"]), [FakeBox("a"), FakeBox("b")])
        try world.box("b").change { $0.isPlugged = false }
        world.judge = { #expect($0.load("supply") <= limit * 1000) }
        return world
    }

    @Test func nobodyIsRaisedBeforeTheOthersLoweringIsConfirmedAndFollowed() async throws {
        let world = try await world()
        let (a, b) = (try world.box("a"), try world.box("b"))
        try await world.run(atMost: 30) { $0.load("supply") == 16_000 }
        a.set(.carriesOut(after: .seconds(4)))
        b.change { $0.isPlugged = true }
        try await world.run(atMost: 60) {
            $0.load("supply") == 16_000 && a.box.register == 8000 && b.box.register == 8000
        }
        let lowered = try #require(a.calls.first { $0.milliamperes == 8000 })
        let raised = try #require(b.calls.first { $0.milliamperes > 0 })
        #expect(raised.milliamperes == 8000)
        // Acknowledged after 4 s, then 2 s of pacing and 5 s for the car.
        #expect(lowered.at.duration(to: raised.at) >= .seconds(11))
        #expect(lowered.at.duration(to: raised.at) <= .seconds(14))
    }

    /// Else a driver that knows it told would send nothing, and the box would go on.
    @Test func aBoxThatDrawsMoreThanItWasToldIsToldTheSameAnew() async throws {
        let world = try await World(site(20, ["a"]), [FakeBox("a")])
        let a = try world.box("a")
        try await world.run(atMost: 30) { $0.load("supply") == 16_000 }
        #expect(a.calls.filter(\.isAnew).isEmpty)
        a.change {
            $0.want = 20_000
            $0.disobedience = 3000
        }
        try await world.run(atMost: 30) { _ in a.calls.contains(where: \.isAnew) }
        #expect(a.calls.last?.milliamperes == 16_000)
    }

    @Test func aRaiseIsStoredWhenItsDriverGetsIt() async throws {
        let world = try await world()
        let early = Mutex<[FakeBox.Call]>([])
        for box in world.boxes {
            let (id, store) = (box.id, world.store)
            box.watch { call in
                let covers = store.bookings[id]?.told.contains { $0.value >= call.milliamperes } ?? false
                if call.milliamperes > 0, !covers { early.withLock { $0.append(call) } }
            }
        }
        try await world.run(seconds: 30)
        try world.box("b").change { $0.isPlugged = true }
        try await world.run(seconds: 60)
        try world.box("a").change { $0.isPlugged = false }
        try await world.run(atMost: 60) { $0.load("supply") == 16_000 }
        #expect(early.withLock { $0 } == [])
    }

    @Test(arguments: [FakeStore.Behaviour.fails, .hangs])
    func withoutTheStoreLoweringsLeaveAndRaisesDoNot(_ behaviour: FakeStore.Behaviour) async throws {
        let world = try await world()
        let (a, b) = (try world.box("a"), try world.box("b"))
        try await world.run(atMost: 30) { $0.load("supply") == 16_000 }
        try await world.run(seconds: 10)
        world.store.set(behaviour)
        b.change { $0.isPlugged = true }
        try await world.run(atMost: 5) { _ in a.box.register == 8000 }
        try await world.run(seconds: 60)
        #expect(b.calls.allSatisfy { $0.milliamperes == 0 })
        #expect(await world.loop.alarmTexts().contains { $0.hasPrefix("nothing is raised") })
        world.store.release()
        try await world.run(atMost: 10) { _ in b.box.register == 8000 }
        #expect(await !world.loop.alarmTexts().contains { $0.hasPrefix("nothing is raised") })
    }

    @Test func aSiteWithoutAStoreStartsNobody() async throws {
        let world = try await world()
        world.store.set(.fails)
        try await world.run(seconds: 60)
        let a = try world.box("a")
        #expect(!a.calls.isEmpty && a.calls.allSatisfy { $0.milliamperes == 0 })
    }

    @Test func whatIsLoweredNextIsLoweredWhileTheStoreHangs() async throws {
        let world = try await world()
        let (a, b) = (try world.box("a"), try world.box("b"))
        try await world.run(atMost: 30) { $0.load("supply") == 16_000 }
        try await world.run(seconds: 10)
        world.store.set(.hangs)
        b.change { $0.isPlugged = true }
        try await world.run(atMost: 5) { _ in a.box.register == 8000 }
        try await world.run(seconds: 20)
        // The raise of b waits for the disk; a's car leaves, and its stop does not.
        a.change { $0.isPlugged = false }
        try await world.run(atMost: 3) { _ in a.box.register == 0 }
    }

    @Test func aDriverThatNeverReturnsDelaysNobody() async throws {
        let world = try await world(40)
        let (a, b) = (try world.box("a"), try world.box("b"))
        a.set(.hangs)
        b.change { $0.isPlugged = true }
        try await world.run(atMost: 15) { _ in b.box.register == 16_000 }
        try await world.run(seconds: 200)
        #expect(a.open <= 4)
        #expect(try world.decision("a").booked.largest == 16_000)
        #expect(await world.loop.alarmTexts().contains("a: its driver has not ended a command for 60 s"))
        b.change { $0.isPlugged = false }
        try await world.run(atMost: 2) { _ in b.box.register == 0 }
    }

    @Test(arguments: [FakeBox.Behaviour.refuses, .lies])
    func whoDoesNotObeyStaysBooked(_ behaviour: FakeBox.Behaviour) async throws {
        let world = try await world()
        let (a, b) = (try world.box("a"), try world.box("b"))
        try await world.run(atMost: 30) { $0.load("supply") == 16_000 }
        a.set(behaviour)
        b.change { $0.isPlugged = true }
        try await world.run(seconds: 60)
        #expect(a.box.register == 16_000)
        #expect(b.calls.allSatisfy { $0.milliamperes == 0 })
        #expect(try world.decision("a").booked.largest == 16_000)
        // A lowering that is not obeyed is repeated every 5 s.
        #expect(a.calls.count { $0.milliamperes == 8000 } >= 10)
    }

    @Test func aBoxThatReadsRightAndDrawsMoreIsBookedAtWhatItDraws() async throws {
        let world = try await world(32)
        let (a, b) = (try world.box("a"), try world.box("b"))
        world.judge = { _ in }
        try await world.run(atMost: 30) { $0.load("supply") == 16_000 }
        a.change {
            $0.want = 25_000
            $0.disobedience = 4000
        }
        try await world.run(seconds: 5)
        b.change { $0.isPlugged = true }
        try await world.run(seconds: 60)
        // 20 A drawn and 1 A more are booked: 11 A of 32 are left.
        #expect(try world.decision("a").booked.largest == 21_000)
        #expect(b.box.register <= 11_000)
        #expect(await world.loop.alarmTexts().contains { $0.hasPrefix("a: draws 20 A though it was told 16 A") })
    }
}
