import DriverAPI
import Testing

@testable import Host

/// A host that starts anew knows from its store what boxes may still be doing.
@Suite struct RestartTests {
    /// `a` charges with 16 of 16 A and is cut off; the host starts anew, and `b` gets a car.
    private func world(watchdog: Duration?, fallback: Int = 0) async throws -> World {
        var box = PhysicalBox()
        box.watchdog = watchdog
        box.fallback = fallback
        let world = try await World(site(16, ["a", "b"]), [FakeBox("a", box), FakeBox("b")])
        try world.box("b").change { $0.isPlugged = false }
        world.judge = { #expect($0.load("supply") <= 16_000) }
        try await world.run(atMost: 30) { _ in world.boxes[0].box.register == 16_000 }
        try await world.run(seconds: 10)
        try world.box("a").set(.isDead)
        try await world.run(seconds: 2)
        try await world.restart()
        try world.box("a").set(.isDead)
        try world.box("b").change { $0.isPlugged = true }
        return world
    }

    @Test func aSilentBoxWithoutWatchdogStaysBookedForEver() async throws {
        let world = try await world(watchdog: nil)
        try await world.run(seconds: 200)
        #expect(try world.decision("a").booked.largest == 16_000)
        #expect(try world.box("b").calls.allSatisfy { $0.milliamperes == 0 })
        try world.box("a").set(.well)
        try await world.run(atMost: 60) { _ in world.boxes.allSatisfy { $0.box.register == 8000 } }
    }

    @Test func aSilentBoxIsBookedAtItsFallBackWhenItsWatchdogHasRunOut() async throws {
        let world = try await world(watchdog: .seconds(30), fallback: 6000)
        let b = try world.box("b")
        let restarted = world.now
        try await world.run(atMost: 120) { _ in b.box.register == 10_000 }
        let raised = try #require(b.calls.first { $0.milliamperes > 0 })
        // The box may have heard the old host until it ended: 30 s and 7 s of margin from then.
        #expect(restarted.duration(to: raised.at) >= .seconds(37))
    }

    @Test func aRaiseUnderWayAtTheEndIsBookedAfterwards() async throws {
        let world = try await World(site(16, ["a", "b"]), [FakeBox("a"), FakeBox("b")])
        try world.box("b").change { $0.isPlugged = false }
        world.judge = { #expect($0.load("supply") <= 16_000) }
        let a = try world.box("a")
        a.set(.carriesOut(after: .seconds(4)))
        try await world.run(atMost: 30) { _ in a.calls.contains { $0.milliamperes == 16_000 } }
        #expect(a.box.register == 0, "the raise is still under way")
        try await world.restart()
        try world.box("a").set(.isDead)
        try world.box("b").change { $0.isPlugged = true }
        try await world.run(seconds: 100)
        #expect(try world.box("a").box.register == 16_000)
        #expect(try world.decision("a").booked.largest == 16_000)
        #expect(try world.box("b").box.register == 0)
    }
}
