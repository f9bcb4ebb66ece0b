import LoadManagement
import Testing

@testable import Host

/// A box that is wired otherwise than the site file says.
@Suite struct SwappedPhaseTests {
    /// A box with a car on its L1 that charges with 10 A and pauses in turn, 20 s each, beside a house of 3 A.
    private func world(wired wiring: Rotation) async throws -> World {
        var box = PhysicalBox()
        box.terminals = PhaseSet(first: 1)
        box.wiring = wiring
        return try await World(site(63, ["a"], meter: true, meterLost: 10), [FakeBox("a", box)], house: 3000)
    }

    private func charge(_ world: World, times: Int) async throws {
        let a = try world.box("a")
        for _ in 0..<times {
            a.change { $0.want = 10_000 }
            try await world.run(seconds: 20)
            a.change { $0.want = 0 }
            try await world.run(seconds: 20)
        }
    }

    @Test func aCurrentOnAnotherPhaseIsSaidWithTheLikelyRotation() async throws {
        let world = try await world(wired: .r231)
        world.judge = { #expect($0.load("supply") <= 63_000) }
        try await charge(world, times: 6)
        let alarm = "the current of its L1 appears on L2 of the supply, not on L1: rotation 231 is likely"
        let texts = await world.loop.alarmTexts()
        #expect(texts.contains { $0.hasPrefix("a: ") && $0.contains(alarm) }, "\(texts)")
        let told = try #require(try world.decision("a").told)
        #expect(told > 0)
        #expect(try world.decision("a").booked == PhaseCurrents(each: told), "in doubt it counts on all phases")
        // The installer corrects the site file.
        world.site.devices[0].rotation = "231"
        try await world.loop.replace(world.site, forecasts: [:])
        await world.board.arrange(world.site.devices)
        try await charge(world, times: 1)
        #expect(try world.decision("a").alarms == [])
    }

    @Test func aBoxThatIsWiredAsStatedIsNotDoubted() async throws {
        let world = try await world(wired: .r123)
        try await charge(world, times: 6)
        #expect(try world.decision("a").alarms == [])
        #expect(await world.loop.alarmTexts().isEmpty)
    }
}
