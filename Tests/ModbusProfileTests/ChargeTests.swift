import DeviceProfiles
import DriverAPI
import Testing

@testable import ModbusProfile

/// Profile language, control, rules 1 to 4; frames by hand from the Power Brain example.
struct ChargeTests {
    @Test func firstCommandAssertsEverything() async throws {
        let bench = try await Bench(Box.profile())
        let outcome = try await bench.engine.apply(.charge(.current(10)))
        #expect(outcome == CommandOutcome(told: 10, frames: ["06 1F9D 0064", "06 1F9E 0001"], verified: true))
    }

    @Test func anotherValueWritesTheLimitOnlyAndTheSameNothing() async throws {
        let bench = try await Bench(Box.profile())
        _ = try await bench.engine.apply(.charge(.current(10)))
        let second = try await bench.engine.apply(.charge(.current(try #require(Exact(text: "12.34")))))
        #expect(second.frames == ["06 1F9D 007B"])
        #expect(second.told == Exact(text: "12.3"))
        let third = try await bench.engine.apply(.charge(.current(try #require(Exact(text: "12.39")))))
        #expect(third == CommandOutcome(told: Exact(text: "12.3"), frames: [], verified: true))
    }

    @Test func theSameValueAnewAssertsEverything() async throws {
        let bench = try await Bench(Box.profile())
        _ = try await bench.engine.apply(.charge(.current(10)))
        let again = try await bench.engine.apply(.charge(.current(10)), isAnew: true)
        #expect(again == CommandOutcome(told: 10, frames: ["06 1F9D 0064", "06 1F9E 0001"], verified: true))
        _ = try await bench.engine.apply(.charge(.off))
        #expect(try await bench.engine.apply(.charge(.off), isAnew: true).frames == ["06 1F9E 0000"])
        #expect(try await bench.engine.apply(.charge(.off)).frames.isEmpty)
    }

    @Test func offRunsStopAndIsToldAsZero() async throws {
        let bench = try await Bench(Box.profile())
        _ = try await bench.engine.apply(.charge(.current(10)))
        let outcome = try await bench.engine.apply(.charge(.off))
        #expect(outcome == CommandOutcome(told: 0, frames: ["06 1F9E 0000"], verified: true))
        let again = try await bench.engine.apply(.charge(.current(10)))
        #expect(again.frames == ["06 1F9D 0064", "06 1F9E 0001"])
    }

    @Test func aValueAboveTheRangeIsLoweredToItsTop() async throws {
        let bench = try await Bench(Box.profile())
        let outcome = try await bench.engine.apply(.charge(.current(40)))
        #expect(outcome.told == 16)
        #expect(outcome.frames == ["06 1F9D 00A0", "06 1F9E 0001"])
    }

    @Test func aValueBelowTheMinimumStops() async throws {
        let bench = try await Bench(Box.profile())
        let outcome = try await bench.engine.apply(.charge(.current(try #require(Exact(text: "5.99")))))
        #expect(outcome.told == 0)
        #expect(outcome.frames == ["06 1F9E 0000"])
    }

    @Test func aBoxThatCannotBeStoppedGetsItsMinimum() async throws {
        var charge = Box.charge
        charge.belowMinimum = .minimum
        let bench = try await Bench(Box.profile(charge: charge))
        let outcome = try await bench.engine.apply(.charge(.current(2)))
        #expect(outcome.told == 6)
        #expect(outcome.frames == ["06 1F9D 003C", "06 1F9E 0001"])
    }

    @Test func stepsAreRoundedDown() async throws {
        let limit = Box.limit { $0.step = 1 }
        let bench = try await Bench(Box.profile(points: [limit]))
        let outcome = try await bench.engine.apply(.charge(.current(try #require(Exact(text: "10.9")))))
        #expect(outcome.told == 10)
        #expect(outcome.frames.first == "06 1F9D 0064")
    }

    @Test func offValueIsNotBoundByTheRange() async throws {
        var charge = Box.charge
        charge.start = [.natural("current_limit")]
        charge.stop = [.natural("current_limit")]
        charge.off = .value(.number(0))
        let bench = try await Bench(Box.profile(charge: charge))
        #expect(try await bench.engine.apply(.charge(.off)).frames == ["06 1F9D 0000"])
    }

    @Test func rawOffIsVerifiedByItsWords() async throws {
        var charge = Box.charge
        charge.start = [.natural("current_limit")]
        charge.stop = [.natural("current_limit")]
        charge.off = .raw(0xFFFE)
        let bench = try await Bench(Box.profile(charge: charge))
        let outcome = try await bench.engine.apply(.charge(.off))
        #expect(outcome == CommandOutcome(told: 0, frames: ["06 1F9D FFFE"], verified: true))
    }

    @Test func onTakesTheLastValueThatWasNotOff() async throws {
        let store = MemoryDriverStore()
        let first = try await Bench(Box.profile(), store: store)
        #expect(try await first.engine.apply(.charge(.on)).told == 6)
        _ = try await first.engine.apply(.charge(.current(13)))
        _ = try await first.engine.apply(.charge(.off))
        let restarted = try await Bench(Box.profile(), store: store)
        #expect(await restarted.engine.told == 0)
        #expect(try await restarted.engine.apply(.charge(.on)).told == 13)
    }

    @Test func theConfigurationSaysWhatWasToldWhereTheStoreDoesNot() async throws {
        let bench = try await Bench(Box.profile(), lastTold: 11)
        #expect(await bench.engine.told == 11)
        #expect(try await bench.engine.apply(.charge(.on)).told == 11)
    }

    @Test func whenForbidsStartAndLimitAndNeverStop() async throws {
        var charge = Box.charge
        charge.when = (.equals("state", .member("B")), "state == B")
        let bench = try await Bench(Box.profile(charge: charge))
        await #expect(throws: DriverError.refused("state == B")) {
            try await bench.engine.apply(.charge(.current(10)))
        }
        #expect(bench.device.takeWrites() == [])
        #expect(try await bench.engine.apply(.charge(.off)).frames == ["06 1F9E 0000"])
    }

    @Test func readBackHappensAfterTheLastWriteOnly() async throws {
        let bench = try await Bench(Box.profile())
        let start = bench.clock.now
        _ = try await bench.engine.apply(.charge(.current(10)))
        let log = bench.device.takeLog()
        #expect(log.first == "06 1F9D 0064")
        #expect(log.dropFirst().first == "06 1F9E 0001")
        #expect(start.duration(to: bench.clock.now) >= .milliseconds(520))
    }

    @Test func aBoxThatDoesNotFollowIsNotVerifiedAndTheNextCommandAssertsAll() async throws {
        let bench = try await Bench(Box.profile())
        _ = try await bench.engine.apply(.charge(.current(10)))
        bench.device.change { $0.deaf = [8093] }
        let start = bench.clock.now
        await #expect(
            throws: DriverError.notVerified("current_limit reads 10 A instead of 14 A after 5.0 s")
        ) { try await bench.engine.apply(.charge(.current(14))) }
        #expect(start.duration(to: bench.clock.now) >= .seconds(5))
        #expect(await bench.engine.told == 10)
        bench.device.change { $0.deaf = [] }
        _ = bench.device.takeLog()
        #expect(try await bench.engine.apply(.charge(.current(10))).frames == ["06 1F9D 0064", "06 1F9E 0001"])
    }

    @Test func aSlowBoxIsGivenItsTime() async throws {
        let bench = try await Bench(Box.profile())
        bench.device.change { $0.deaf = [8093] }
        let device = bench.device
        let clock = bench.clock
        let start = clock.now
        device.change { state in
            state.onWrite = { state, address in if address == 8094 { state.words[.holding]?[8093] = 100 } }
        }
        let outcome = try await bench.engine.apply(.charge(.current(10)))
        #expect(outcome.verified)
        #expect(start.duration(to: clock.now) < .seconds(1))
    }

    @Test func theReadBackMayStandElsewhereAndBeALittleOff() async throws {
        let offered = PointDefinition.make("current_offered", at: 8095, .A, scale: tenth)
        let limit = Box.limit {
            $0.verify = .init(after: .milliseconds(500), within: .seconds(5), tolerance: tenth, by: "current_offered")
        }
        let bench = try await Bench(Box.profile(points: [limit, offered]))
        bench.device.change { $0.shows = [8093: 8095] }
        #expect(try await bench.engine.apply(.charge(.current(10))).verified)
        #expect(await bench.value("current_offered") == .number(10))
        bench.device.change { state in
            state.onWrite = { state, _ in state.words[.holding]?[8095] = 119 }
        }
        #expect(try await bench.engine.apply(.charge(.current(12))).verified)
        bench.device.change { state in
            state.onWrite = { state, _ in state.words[.holding]?[8095] = 128 }
        }
        await #expect(throws: DriverError.self) { try await bench.engine.apply(.charge(.current(13))) }
    }

    @Test func aBoxGovernedByPowerGetsWattsRoundedDown() async throws {
        let limit = PointDefinition.make(
            "power_limit", at: 100, .W,
            write: .make(at: 100, .W) {
                $0.range = (.fixed(1380), .fixed(11040)); $0.step = 100; $0.rounding = .down
            })
        let phases = PointDefinition.make("phases_active", at: 101)
        var charge = ChargeControl(
            set: "power_limit", start: [.natural("power_limit")], limit: [.natural("power_limit")],
            stop: [.natural("power_limit")], off: .value(.number(0)), minimum: .fixed(1380))
        charge.phases = .point("phases_active")
        let bench = try await Bench(
            Box.profile(points: [limit, phases], charge: charge), holding: [100: [0, 3]])
        let outcome = try await bench.engine.apply(.charge(.current(10)))
        #expect(outcome.told == 6900)
        #expect(outcome.frames == ["06 0064 1AF4"])
        #expect(try await bench.engine.apply(.charge(.power(4199))).frames == ["06 0064 1004"])
        #expect(try await bench.engine.apply(.charge(.power(1000))).told == 0)
    }

    @Test func aSetPointInPercentIsAShareOfWhatTheProfileSays() async throws {
        let limit = PointDefinition.make(
            "current_limit", at: 100, .percent,
            write: .make(at: 100, .percent) {
                $0.range = (.fixed(0), .fixed(100)); $0.rounding = .down
            })
        let rated = PointDefinition.make("rated_current", at: 101, .A, poll: .static)
        var charge = ChargeControl(
            set: "current_limit", start: [.natural("current_limit")], limit: [.natural("current_limit")],
            stop: [.natural("current_limit")], off: .value(.number(0)))
        charge.of = .point("rated_current")
        let bench = try await Bench(
            Box.profile(points: [limit, rated], charge: charge), holding: [100: [0, 32]])
        let outcome = try await bench.engine.apply(.charge(.current(16)))
        #expect(outcome.frames == ["06 0064 0032"])
        #expect(outcome.told == 16)
    }
}
