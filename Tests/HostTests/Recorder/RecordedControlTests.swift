import DriverAPI
import LoadManagement
import Recording
import TestTools
import Testing

@testable import Host

/// A control loop under misfortune is decided again from its recording alone.
struct RecordedControlTests {
    @Test(arguments: 0..<3) func aHostThatEndsAndReloadsIsReplayed(_ seed: Int) async throws {
        var random = SeededGenerator(seed: seed)
        let store = FakeSegmentStore()
        let recorder = try await FlightRecorder(store, limits: RecordingLimits(), wall: { 0 })
        let ids = ["garage.a", "garage.b", "c"]
        let site = site(25, ids, circuits: ["garage": 16], meter: true, meterLost: 10)
        let boxes = ids.map { id in
            var box = PhysicalBox()
            box.watchdog = random.chance(60) ? .seconds(30) : nil
            return FakeBox(id, box)
        }
        let world = try await World(site, boxes, house: 3000, recorder: recorder)
        var orders = 0
        var ticks = 0
        for second in 0..<90 {
            try await world.run(seconds: 1)
            ticks += 1
            orders += world.outcome?.decision.orders.count ?? 0
            for box in world.boxes where random.chance(8) {
                box.set([.well, .well, .isMute, .isDead].randomElement(using: &random) ?? .well)
            }
            for box in world.boxes where random.chance(5) { box.change { $0.isPlugged.toggle() } }
            if random.chance(5) { world.meterAnswers.toggle() }
            if second == 30 {
                var changed = site
                changed.supply.limit = [20, 20, 20]
                try await world.loop.replace(changed, forecasts: [:])
            }
            if second == 60 { try await world.restart() }
        }
        await recorder.close()
        let (report, causes) = try replayed(store.segments)
        #expect(causes == [.started, .started])
        #expect(report.ticks == ticks)
        #expect(report.orders == orders)
        #expect(orders > 5, "a host that gives nothing proves nothing")
        #expect(report.differingTicks.isEmpty)
        #expect(report.isEqual)
        #expect(!report.isDamaged)
    }
}
