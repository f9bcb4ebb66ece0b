import DriverAPI
import Testing

@testable import Host

/// What the station allows is a cap for load management, and nothing more.
@Suite struct StationOrdersTests {
    @Test func itLowersAndStopsABoxAndNeverRaisesOne() async throws {
        let world = try await World(site(20, ["a", "b"]), [FakeBox("a"), FakeBox("b")])
        let (a, b) = (try world.box("a"), try world.box("b"))
        try await world.run(atMost: 90) { _ in a.box.register == 10_000 && b.box.register == 10_000 }
        world.stations.replace(StationOrders.Orders(boxes: ["a": 8000]))
        // What one leaves is the other's.
        try await world.run(atMost: 90) { _ in a.box.register == 8000 && b.box.register == 12_000 }
        world.stations.replace(StationOrders.Orders(boxes: ["a": 0]))
        try await world.run(atMost: 90) { _ in a.box.register == 0 && b.box.register == 16_000 }
        world.judge = { #expect($0.load("supply") <= 20_000) }
        world.stations.replace(StationOrders.Orders(boxes: ["a": 400_000, "b": 400_000], site: 400_000))
        try await world.run(atMost: 90) { _ in a.box.register == 10_000 && b.box.register == 10_000 }
        try await world.run(seconds: 60)
        #expect(a.box.register == 10_000 && b.box.register == 10_000)
    }

    @Test func aLimitOfTheSiteHoldsForAllBoxesTogether() async throws {
        let world = try await World(site(32, ["a", "b"]), [FakeBox("a"), FakeBox("b")])
        let (a, b) = (try world.box("a"), try world.box("b"))
        try await world.run(atMost: 90) { _ in a.box.register == 16_000 && b.box.register == 16_000 }
        world.stations.replace(StationOrders.Orders(site: 14_000))
        try await world.run(atMost: 90) { _ in a.box.register + b.box.register == 14_000 }
        try await world.run(seconds: 30)
        #expect(world.load("supply") <= 14_000)
    }
}
