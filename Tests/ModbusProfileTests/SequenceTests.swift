import DeviceProfiles
import DriverAPI
import Testing

@testable import ModbusProfile

/// Profile language, control: steps, phases, wake_up.
struct SequenceTests {
    static let pilot = PointDefinition.make(
        "x_cp_open", at: 8086, .s, poll: .onDemand,
        write: .make(at: 8086, .s) {
            $0.kind = .command; $0.range = (.fixed(0), .fixed(30))
        })

    static func waking(_ change: (inout SequenceControl) -> Void = { _ in }) -> DeviceProfile {
        var wakeUp = SequenceControl(
            steps: [
                .write("x_cp_open", .number(5)),
                Step(
                    .waitUntil(
                        .equals("x_cp_open", .number(0)), atMost: .seconds(20), poll: .seconds(1), goesOn: false),
                    mark: anywhere),
            ], when: .equals("state", .member("B")), whenText: "state == B", cooldown: .seconds(600),
            freezes: ["state"])
        change(&wakeUp)
        return Box.profile(points: [pilot]) { $0.control.wakeUp = wakeUp }
    }

    static let connected = [8092: [1, 160, 1] as [UInt16]]

    @Test func wakingWritesAndWaitsUntilTheDeviceIsDone() async throws {
        let bench = try await Bench(Self.waking(), holding: Self.connected)
        let clock = bench.clock
        let start = clock.now
        bench.device.change { state in
            state.onWrite = { state, address in if address == 8086 { state.words[.holding]?[8086] = 0 } }
        }
        #expect(try await bench.engine.apply(.wakeUp).frames == ["06 1F96 0005"])
        #expect(start.duration(to: clock.now) < .seconds(1))
    }

    @Test func wakingFailsWhenTheDeviceDoesNotGetDone() async throws {
        let bench = try await Bench(Self.waking(), holding: Self.connected)
        let start = bench.clock.now
        await #expect {
            try await bench.engine.apply(.wakeUp)
        } throws: { error in
            if case .notVerified = error as? DriverError { true } else { false }
        }
        #expect((Duration.seconds(20)...Duration.seconds(22)).contains(start.duration(to: bench.clock.now)))
    }

    @Test func wakingIsRefusedWhereItsConditionDoesNotHold() async throws {
        let bench = try await Bench(Self.waking())
        await #expect(throws: DriverError.refused("state == B")) { try await bench.engine.apply(.wakeUp) }
        #expect(bench.device.takeWrites() == [])
    }

    @Test func wakingRestsForItsCooldown() async throws {
        let bench = try await Bench(
            Self.waking { $0.steps = [.write("x_cp_open", .number(5))] }, holding: Self.connected)
        _ = try await bench.engine.apply(.wakeUp)
        await bench.run(.seconds(590))
        await #expect(throws: DriverError.refused("wake_up was run lately; it may run again in 10 s")) {
            try await bench.engine.apply(.wakeUp)
        }
        await bench.run(.seconds(10))
        _ = bench.device.takeLog()
        #expect(try await bench.engine.apply(.wakeUp).frames == ["06 1F96 0005"])
    }

    @Test func frozenPointsKeepTheirLastValueAsStale() async throws {
        let profile = Self.waking { $0.steps = [.write("x_cp_open", .number(5)), .wait(.seconds(10))] }
        let bench = try await Bench(profile, holding: Self.connected)
        bench.device.change { state in state.onWrite = { state, _ in state.words[.holding]?[8092] = 0 } }
        _ = try await bench.engine.apply(.wakeUp)
        let states = bench.reports.all.flatMap { update -> [Reading] in
            guard case .readings(let readings) = update else { return [] }
            return readings.filter { $0.point == "state" }
        }
        #expect(states.contains { $0.quality == .stale && $0.value == .member("B") })
        #expect(!states.contains { $0.value == .member("A") })
        bench.clock.advance(by: .seconds(1))
        await bench.engine.round()
        #expect(await bench.value("state") == .member("A"))
        #expect(await bench.quality("state") == .good)
    }

    @Test func readingsGoOnWhileASequenceWaits() async throws {
        let profile = Self.waking { $0.steps = [.write("x_cp_open", .number(5)), .wait(.seconds(10))] }
        let bench = try await Bench(profile, holding: Self.connected)
        _ = try await bench.engine.apply(.wakeUp)
        #expect(bench.device.takeLog().filter { $0 == "03 0x1F9C+3" }.count >= 9)
    }

    @Test func afterAFailureTheFinallyStepsRun() async throws {
        let profile = Self.waking { control in
            control.steps = [.write("x_cp_open", .number(5)), .write("x_missing", .number(1))]
            control.finally = [.write("x_cp_open", .number(0))]
        }
        let bench = try await Bench(profile, holding: Self.connected)
        await #expect(throws: DriverError.unsupported("x_missing cannot be written")) {
            try await bench.engine.apply(.wakeUp)
        }
        #expect(bench.device.takeWrites() == ["06 1F96 0005", "06 1F96 0000"])
    }

    @Test func aStepWhoseConditionDoesNotHoldIsSkipped() async throws {
        let profile = Self.waking { control in
            control.steps = [
                Step(.write("x_cp_open", .value(.number(5))), when: .equals("state", .member("C")), mark: anywhere),
                .write("x_cp_open", .number(7)),
            ]
        }
        let bench = try await Bench(profile, holding: Self.connected)
        #expect(try await bench.engine.apply(.wakeUp).frames == ["06 1F96 0007"])
    }

    // MARK: Phases

    static func switching(pause: Bool, _ change: (inout WriteRule) -> Void = { _ in }) -> DeviceProfile {
        let phases = PointDefinition.make(
            "phases_set", at: 8087, poll: .fast,
            write: .make(at: 8087) {
                $0.verify = .init(after: .seconds(2), within: .seconds(10))
                change(&$0)
            }
        ) { point in
            point.value.entries = [
                .init(match: .integers(0...0), value: .number(3)), .init(match: .integers(1...1), value: .number(1)),
            ]
        }
        return Box.profile(points: [phases]) {
            $0.control.phases = SequenceControl(set: "phases_set", pause: pause)
        }
    }

    @Test func phasesAreSwitchedByTheirPoint() async throws {
        let bench = try await Bench(Self.switching(pause: false))
        #expect(try await bench.engine.apply(.phases(.one)) == CommandOutcome(frames: ["06 1F97 0001"], verified: true))
        #expect(try await bench.engine.apply(.phases(.one)).frames == [])
        #expect(try await bench.engine.apply(.phases(.three)).frames == ["06 1F97 0000"])
        await #expect(throws: DriverError.unsupported("phases_set cannot be auto")) {
            try await bench.engine.apply(.phases(.auto))
        }
    }

    @Test func withPauseChargingStopsBeforeAndGoesOnAfterWithTheOldValue() async throws {
        let bench = try await Bench(Self.switching(pause: true))
        _ = try await bench.engine.apply(.charge(.current(10)))
        let outcome = try await bench.engine.apply(.phases(.one))
        #expect(outcome.frames == ["06 1F9E 0000", "06 1F97 0001", "06 1F9D 0064", "06 1F9E 0001"])
        #expect(await bench.engine.told == 10)
    }

    @Test func aStoppedBoxStaysStoppedWhenPhasesAreSwitched() async throws {
        let bench = try await Bench(Self.switching(pause: true))
        _ = try await bench.engine.apply(.charge(.off))
        #expect(try await bench.engine.apply(.phases(.one)).frames == ["06 1F97 0001"])
    }

    @Test func chargingGoesOnAfterAFailedSwitch() async throws {
        let bench = try await Bench(Self.switching(pause: true))
        _ = try await bench.engine.apply(.charge(.current(10)))
        bench.device.change { $0.writeExceptions = [8087: 4] }
        _ = bench.device.takeLog()
        await #expect(throws: DriverError.self) { try await bench.engine.apply(.phases(.one)) }
        #expect(bench.device.takeWrites() == ["06 1F9E 0000", "06 1F97 0001", "06 1F9D 0064", "06 1F9E 0001"])
    }

    @Test func lockAndDisplayWriteTheirPoints() async throws {
        let points: [PointDefinition] = [.makeBool("plug_lock", at: 90, write: .make(at: 90, type: .bool16))]
        let bench = try await Bench(Box.profile(points: points) { $0.control.lock = "plug_lock" })
        #expect(try await bench.engine.apply(.lock(true)).frames == ["06 005A 0001"])
        await #expect(throws: DriverError.unsupported("the profile has no display")) {
            try await bench.engine.apply(.display("hello"))
        }
    }
}
