import DriverAPI
import Testing

@testable import Host

@Suite struct LeavingTests {
    @Test func whatABoxIsToldOnLeavingIsBookedByTheNextHost() async throws {
        let world = try await World(site(16, ["a", "b"]), [FakeBox("a"), FakeBox("b")])
        for box in world.boxes { box.change { $0.isPlugged = false } }
        try await world.run(seconds: 20)
        #expect(try world.decision("a").booked.largest == 0)
        try await world.loop.bookLeaving(["a": 6000])
        let a = try world.box("a")
        a.change { $0.hear(6000, at: world.now) }
        try await world.restart()
        try world.box("a").set(.isDead)
        let b = try world.box("b")
        b.change { $0.isPlugged = true }
        // 16 A less the 6 A that the unreachable box may be drawing.
        try await world.run(atMost: 60) { _ in b.box.register == 10_000 }
        #expect(try world.decision("a").booked.largest == 6000)
    }
}
