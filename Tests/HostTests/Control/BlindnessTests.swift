import Testing

@testable import Host

/// Rule 8: a meter that is not to be trusted means the worst-case house.
@Suite struct BlindnessTests {
    @Test func aSilentMeterMeansTheWorstCaseHouse() async throws {
        let world = try await World(
            site(35, ["a"], meter: true, meterLost: 25), [FakeBox("a")], house: 20_000)
        world.judge = { #expect($0.load("supply") <= 35_000) }
        let a = try world.box("a")
        // 35 A less 20 A of the house.
        try await world.run(atMost: 60) { _ in a.box.register == 15_000 }
        try await world.run(seconds: 20)
        let calls = a.calls.count
        world.meterAnswers = false
        try await world.run(seconds: 9)
        #expect(a.calls.count == calls, "a reading counts for 10 s")
        try await world.run(atMost: 4) { _ in a.box.register == 10_000 }
        #expect(world.outcome?.decision.nodes["supply"]?.isBlind == true)
        world.meterAnswers = true
        try await world.run(atMost: 60) { _ in a.box.register == 15_000 }
    }

    @Test func withoutAWorstCaseNobodyChargesBlindly() async throws {
        let world = try await World(site(35, ["a"], meter: true), [FakeBox("a")], house: 20_000)
        let a = try world.box("a")
        try await world.run(atMost: 60) { _ in a.box.register == 15_000 }
        world.meterAnswers = false
        try await world.run(atMost: 14) { _ in a.box.register == 0 }
        try await world.run(seconds: 60)
        #expect(a.box.register == 0)
    }
}
