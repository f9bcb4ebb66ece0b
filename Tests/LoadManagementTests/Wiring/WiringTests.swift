import LoadManagement
import TestTools
import Testing

/// Boxes whose rotation is not what the site file says.
struct WiringTests {
    @Test func aCurrentOnAnotherPhaseIsFoundAfterSeveralSteps() throws {
        var world = try World(stated: .r123, real: .r231, phases: 1)
        world.run(steps: 2)
        #expect(world.alarms.isEmpty)
        world.run(steps: 3)
        #expect(world.alarms == [.swapped(terminal: .l1, expected: .l1, seen: .l2, likely: .r231)])
        #expect(
            world.alarms.first?.description.hasPrefix(
                "the current of its L1 appears on L2 of the supply, not on L1: rotation 231 is likely") ?? false)
    }

    @Test func whileInDoubtTheBoxCountsOnEveryPhase() throws {
        var world = try World(stated: .r123, real: .r231, phases: 1)
        world.run(steps: 5)
        let told = world.site.told["a"] ?? 0
        #expect(told > 0)
        #expect(world.decision?.boxes["a"]?.booked == PhaseCurrents(each: told))
        // Corrected in the site file it counts on L2 alone.
        world.site.limits.boxes[0].rotation = .r231
        world.run(steps: 1)
        #expect(world.alarms.isEmpty)
        #expect(world.decision?.boxes["a"]?.booked.l1 == 0)
    }

    @Test(arguments: Rotation.allCases) func whatIsRightIsNotDoubted(_ rotation: Rotation) throws {
        for phases in 1...3 {
            var world = try World(stated: rotation, real: rotation == .unknown ? .r312 : rotation, phases: phases)
            world.run(steps: 12)
            #expect(world.alarms.isEmpty)
        }
    }

    /// Equal currents on two phases fit two rotations; the one that turns the phases is likelier than an exchange.
    @Test func twoPhasesAreFoundToo() throws {
        var world = try World(stated: .r123, real: .r312, phases: 2)
        world.run(steps: 5)
        #expect(world.alarms == [.swapped(terminal: .l1, expected: .l1, seen: .l3, likely: .r312)])
    }

    @Test func aHouseThatMovesByItselfProvesNothing() throws {
        for seed in 0..<20 {
            var world = try World(stated: .r123, real: .r123, phases: 1, seed: seed)
            world.houseMoves = true
            world.run(steps: 20)
            #expect(world.alarms.isEmpty, "seed \(seed)")
        }
    }

    @Test func theDoubtSurvivesARestartAndEndsWhenStepsFitAgain() throws {
        var world = try World(stated: .r123, real: .r231, phases: 1)
        world.run(steps: 5)
        let stored = try coded(world.site.memory.bookings.byName)
        world.site.memory = Memory(bookings: stored)
        world.run(steps: 1)
        #expect(!world.alarms.isEmpty)
        // An electrician wires it as the file says.
        world.real = .r123
        world.run(steps: 8)
        #expect(world.alarms.isEmpty)
    }

    /// A box whose car charges and pauses in turn, and a second one that charges steadily, behind one meter.
    private struct World {
        var site: ScriptedSite
        var real: Rotation
        let phases: Int
        var houseMoves = false
        var decision: Decision?
        private var time = 0
        private var random: SeededGenerator

        init(stated: Rotation, real: Rotation, phases: Int, seed: Int = 0) throws {
            self.real = real
            self.phases = phases
            random = SeededGenerator(seed: seed)
            var limits = try oneCircuit(fuse: 63_000, boxes: ["a", "b"], load: .metered(worst: nil), hasMeter: true)
            limits.boxes[0].rotation = stated
            limits.boxes[0].ability.terminals = PhaseSet(first: phases)
            limits.reclaim = nil
            site = ScriptedSite(limits)
            site.boxes = ["a", "b"].enumerated().map { BoxSnapshot(id: $1, state: .c, queue: $0) }
        }

        var alarms: [BookingAlarm] { decision?.boxes["a"]?.alarms ?? [] }

        /// Each step is 20 s long; the car draws 10 A or nothing.
        mutating func run(steps: Int) {
            for _ in 0..<steps * 20 {
                time += 1
                let isOn = time / 20 % 2 == 1
                let first = PhaseCurrents(
                    min(site.told["a"] ?? 0, isOn ? 10_000 : 0), on: PhaseSet(first: phases))
                let second = PhaseCurrents(each: min(site.told["b"] ?? 0, 12_000))
                let noise = Int.random(in: -200...200, using: &random)
                var house = PhaseCurrents(4000 + noise, 2000 - noise, 3000)
                if houseMoves, time % 7 < 3 {
                    house[Phase.allCases[Int.random(in: 0...2, using: &random)]] += Int.random(
                        in: 0...10_000, using: &random)
                }
                site.memory.apply(.measured(first, at: seconds(Double(time))), to: "a")
                site.memory.apply(.measured(second, at: seconds(Double(time))), to: "b")
                site.measure(house + real.largestOnSupply(first) + second, time)
                decision = site.tick(Double(time))
            }
        }
    }
}
