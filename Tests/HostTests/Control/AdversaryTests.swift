import DriverAPI
import TestTools
import Testing

@testable import Host

/// Random misfortune at the drivers' door; what the boxes really draw never passes a limit.
@Suite struct AdversaryTests {
    /// Boxes fall back to nothing: one that rises to its fall-back while another one does not obey passes a limit that
    /// nobody can guard.
    @Test(arguments: 0..<12) func noMisfortunePassesALimit(_ seed: Int) async throws {
        var random = SeededGenerator(seed: seed)
        let ids = ["garage.a", "garage.b", "garage.c", "d", "e"]
        let boxes = ids.map { id in
            var box = PhysicalBox()
            box.watchdog = random.chance(60) ? .seconds(30) : nil
            box.pacing = .milliseconds(Int.random(in: 0...5000, using: &random))
            box.isPlugged = random.chance(50)
            return FakeBox(id, box)
        }
        let world = try await World(
            site(40, ids, circuits: ["garage": 20], meter: true, meterLost: 10), boxes, house: 6000)
        var violations: [String] = []
        world.judge = { world in
            for (circuit, limit) in [("supply", 40_000), ("garage", 20_000)] where world.load(circuit) > limit {
                violations.append("\(world.now.seconds) s: \(circuit) carries \(world.load(circuit)) mA")
            }
        }
        var raises = 0
        for second in 0..<200 {
            try await world.run(seconds: 1)
            raises += world.outcome?.decision.orders.count { $0.kind == .raise } ?? 0
            for box in world.boxes { misfortune(box, &random) }
            if random.chance(2) { world.meterAnswers.toggle() }
            if random.chance(3) { world.store.set([.stores, .fails].randomElement(using: &random) ?? .stores) }
            if second == 100 || random.chance(1) { try await world.restart() }
        }
        #expect(violations.isEmpty, "\(violations.prefix(3))")
        #expect(raises > 2, "a host that gives nothing proves nothing")
    }

    private func misfortune(_ box: FakeBox, _ random: inout SeededGenerator) {
        if random.chance(4) { box.change { $0.isPlugged.toggle() } }
        if random.chance(6) {
            box.set([.well, .well, .well, .isMute, .isDead].randomElement(using: &random) ?? .well)
        }
        guard random.chance(8) else { return }
        let delay = Duration.milliseconds(Int.random(in: 0...3000, using: &random))
        box.set(
            [.carriesOut(after: delay), .carriesOut(after: delay), .carriesOut(after: delay), .refuses, .lies, .hangs]
                .randomElement(using: &random) ?? .refuses)
    }
}
