import DeviceProfiles
import DriverAPI
import Modbus
import Testing

@testable import ModbusProfile

/// Profile language, write.
struct WritingTests {
    /// A box whose limit lies in flash, 3 writes a day.
    static func worn(_ count: Int = 3) -> DeviceProfile {
        let limit = Box.limit {
            $0.persist = .flash
            $0.budget = .init(count: count, period: .seconds(86400))
        }
        var charge = Box.charge
        charge.start = [.natural("current_limit"), .natural("charging_allowed")]
        return Box.profile(points: [limit], charge: charge)
    }

    @Test func anEqualValueIsNotWrittenIntoFlash() async throws {
        let bench = try await Bench(Self.worn())
        #expect(try await bench.engine.apply(.charge(.current(16))).frames == ["06 1F9E 0001"])
    }

    @Test func aUsedUpBudgetRefusesRaisingAndNeverLowering() async throws {
        let bench = try await Bench(Self.worn())
        for amperes in [7, 8, 9] { _ = try await bench.engine.apply(.charge(.current(Exact(amperes)))) }
        await #expect {
            try await bench.engine.apply(.charge(.current(10)))
        } throws: { error in
            (error as? DriverError)?.description.contains("budget of 3 in a day") == true
        }
        #expect(await bench.engine.told == 9)
        _ = bench.device.takeLog()
        #expect(try await bench.engine.apply(.charge(.current(8))).frames.first == "06 1F9D 0050")
        #expect(try await bench.engine.apply(.charge(.off)).frames == ["06 1F9E 0000"])
    }

    @Test func theBudgetOutlivesRestartsAndWritesLeaveItWithTime() async throws {
        let store = MemoryDriverStore()
        let first = try await Bench(Self.worn(), store: store)
        for amperes in [7, 8, 9] { _ = try await first.engine.apply(.charge(.current(Exact(amperes)))) }
        let second = try await Bench(Self.worn(), holding: [8092: [2, 90, 1]], store: store)
        await #expect(throws: DriverError.self) { try await second.engine.apply(.charge(.current(10))) }
        second.clock.advance(by: .seconds(86400))
        #expect(try await second.engine.apply(.charge(.current(11))).told == 11)
    }

    @Test func theAgeOfWritesGoesOnOverRestarts() async throws {
        let store = MemoryDriverStore()
        let first = try await Bench(Self.worn(1), store: store)
        _ = try await first.engine.apply(.charge(.current(7)))
        first.clock.advance(by: .seconds(80000))
        await first.engine.round()
        let second = try await Bench(Self.worn(1), holding: [8092: [2, 70, 1]], store: store)
        second.clock.advance(by: .seconds(6000))
        await second.engine.round()
        await #expect(throws: DriverError.self) { try await second.engine.apply(.charge(.current(9))) }
        second.clock.advance(by: .seconds(1000))
        #expect(try await second.engine.apply(.charge(.current(10))).told == 10)
    }

    @Test func bitsOfARegisterAreChangedAndTheOthersStay() async throws {
        let flag = PointDefinition.make("charging_allowed", at: 8094) { point in
            point.value.kind = .bool
            let place = ReadPlace(table: .holding, address: 8094, bits: 3...3, isSingleBit: true)
            point.origin = .registers(place)
            var rule = WriteRule(function: 6, place: place, persist: .ram)
            rule.verify = Box.verify
            point.write = rule
        }
        let bench = try await Bench(Box.profile(points: [flag]), holding: [8092: [2, 160, 0x00F0]])
        #expect(try await bench.engine.apply(.charge(.current(16))).frames == ["06 1F9D 00A0", "06 1F9E 00F8"])
        #expect(try await bench.engine.apply(.charge(.off)).frames == ["06 1F9E 00F0"])
    }

    @Test func bitsOfTwoRegistersAreReadChangedAndWrittenTogether() async throws {
        let flag = PointDefinition.make("x_flag", at: 200, type: .u32, poll: .onDemand) { point in
            point.value.kind = .bool
            let place = ReadPlace(
                table: .holding, address: 200, type: .u32, words: 2, bits: 17...17, isSingleBit: true)
            point.origin = .registers(place)
            point.write = WriteRule(function: 16, place: place, persist: .ram, kind: .setting)
        }
        let bench = try await Bench(
            Box.profile(points: [flag]), holding: Box.charging.merging([200: [0x8001, 0x1234]]) { $1 })
        // Bit 17 of a big-endian u32 is bit 1 of its first register.
        #expect(
            try await bench.engine.apply(.set(point: "x_flag", value: .bool(true))).frames == ["16 00C8 8003 1234"])
    }

    @Test func aFailedReadBackIsNoAgreement() async throws {
        let bench = try await Bench(Box.profile())
        bench.device.change { $0.exceptions = [.holding: [8093: 4]] }
        await #expect {
            try await bench.engine.apply(.charge(.current(16)))
        } throws: { error in
            (error as? DriverError)?.description.contains("current_limit reads missing") == true
        }
    }

    @Test func aCommandIsNeverRepeatedAndAStateIs() async throws {
        let pulse = PointDefinition.makeWriteOnly("x_reset", write: .make(at: 50) { $0.kind = .command })
        let bench = try await Bench(Box.profile(points: [pulse]))
        bench.device.change { $0.script = [.garbled("checksum")] }
        await #expect(throws: DriverError.self) {
            try await bench.engine.apply(.set(point: "x_reset", value: .number(1)))
        }
        #expect(bench.device.takeLog() == ["06 0032 0001"])
        let other = try await Bench(Box.profile())
        other.device.change { $0.script = [.garbled("checksum"), .garbled("checksum")] }
        let outcome = try await other.engine.apply(.charge(.current(10)))
        #expect(outcome.frames == ["06 1F9D 0064", "06 1F9D 0064", "06 1F9D 0064", "06 1F9E 0001"])
    }

    @Test func aBusyDeviceIsGivenTimeAndAskedAgain() async throws {
        let bench = try await Bench(Box.profile())
        bench.device.change { $0.script = [.exception(6)] }
        let start = bench.clock.now
        let outcome = try await bench.engine.apply(.charge(.current(10)))
        #expect(outcome.frames == ["06 1F9D 0064", "06 1F9D 0064", "06 1F9E 0001"])
        #expect(start.duration(to: bench.clock.now) >= .milliseconds(1000))
    }

    @Test func aRefusedWriteEndsTheListAndNamesTheException() async throws {
        let bench = try await Bench(Box.profile())
        bench.device.change { $0.writeExceptions = [8093: 3] }
        await #expect(
            throws: DriverError.refusedByDevice(
                "the device refused current_limit: exception 3 (illegal data value)")
        ) { try await bench.engine.apply(.charge(.current(10))) }
        #expect(bench.device.takeWrites() == ["06 1F9D 0064"])
    }

    @Test func aConditionOfAWriteRefusesWithItsOwnText() async throws {
        let limit = Box.limit { $0.when = (.equals("state", .member("B")), "state == B") }
        let bench = try await Bench(Box.profile(points: [limit]))
        await #expect(throws: DriverError.refused("state == B")) {
            try await bench.engine.apply(.charge(.current(10)))
        }
        #expect(bench.device.takeWrites() == [])
    }

    @Test func aSettingIsReadAndWrittenOnlyIfDifferent() async throws {
        let timeout = PointDefinition.make(
            "failsafe_timeout", at: 8083, .s, poll: .static,
            write: .make(at: 8083, .s) {
                $0.kind = .setting; $0.verify = Box.verify
            })
        let bench = try await Bench(
            Box.profile(points: [timeout]), holding: Box.charging.merging([8083: [300]]) { $1 })
        #expect(try await bench.engine.apply(.set(point: "failsafe_timeout", value: .number(300))).frames == [])
        let outcome = try await bench.engine.apply(.set(point: "failsafe_timeout", value: .number(60)))
        #expect(outcome == CommandOutcome(frames: ["06 1F93 003C"], verified: true))
        await #expect(throws: DriverError.self) {
            try await bench.engine.apply(.set(point: "current_limit", value: .number(10)))
        }
    }

    @Test func aPulseMustHaveFallenBack() async throws {
        let pulse = PointDefinition.make(
            "x_pulse", at: 50, poll: .onDemand, write: .make(at: 50) { $0.kind = .pulse })
        let bench = try await Bench(Box.profile(points: [pulse]))
        _ = try await bench.engine.apply(.set(point: "x_pulse", value: .number(1)))
        await #expect(throws: DriverError.self) {
            try await bench.engine.apply(.set(point: "x_pulse", value: .number(1)))
        }
        bench.device[50] = 0
        #expect(try await bench.engine.apply(.set(point: "x_pulse", value: .number(1))).frames == ["06 0032 0001"])
    }

    @Test func theBlockRestsAfterAWriteWithSettleExceptForLowering() async throws {
        let limit = Box.limit { $0.settle = .seconds(60) }
        let bench = try await Bench(Box.profile(points: [limit]))
        _ = try await bench.engine.apply(.charge(.current(10)))
        let first = bench.clock.now
        _ = try await bench.engine.apply(.charge(.current(8)))
        #expect(first.duration(to: bench.clock.now) < .seconds(2))
        let second = bench.clock.now
        _ = try await bench.engine.apply(.charge(.current(9)))
        #expect(second.duration(to: bench.clock.now) >= .seconds(59))
    }

    @Test func aValueDwellsExceptForLowering() async throws {
        let limit = Box.limit { $0.minimumDwell = .seconds(30) }
        let bench = try await Bench(Box.profile(points: [limit]))
        _ = try await bench.engine.apply(.charge(.current(10)))
        let start = bench.clock.now
        _ = try await bench.engine.apply(.charge(.current(12)))
        #expect(start.duration(to: bench.clock.now) >= .seconds(29))
        let lowered = bench.clock.now
        _ = try await bench.engine.apply(.charge(.current(6)))
        #expect(lowered.duration(to: bench.clock.now) < .seconds(2))
    }

    @Test func initReadsComparesAndWritesOnlyWhatDiffers() async throws {
        let points: [PointDefinition] = [
            .make("x_same", at: 70, poll: .static, write: .make(at: 70)),
            .make("x_other", at: 71, poll: .static, write: .make(at: 71) { $0.verify = Box.verify }),
            .makeWriteOnly("x_unlock", write: .make(at: 72)),
        ]
        let profile = Box.profile(points: points) {
            $0.initWrites = ["x_same", "x_other", "x_unlock"].map {
                InitWrite(point: $0, value: .value(.number(4)), mark: anywhere)
            }
        }
        let bench = try await Bench(profile, holding: Box.charging.merging([70: [4, 0]]) { $1 })
        #expect(try await bench.engine.runInit() == ["06 0047 0004", "06 0048 0004"])
    }

    @Test func withoutItsInitABoxGetsNoRaiseButAStop() async throws {
        let point = PointDefinition.make("x_mode", at: 70, poll: .static, write: .make(at: 70))
        let profile = Box.profile(points: [point]) {
            $0.initWrites = [InitWrite(point: "x_mode", value: .value(.number(4)), mark: anywhere)]
        }
        let bench = try await Bench(profile, prepare: { device in device.change { $0.writeExceptions = [70: 2] } })
        await bench.engine.round()
        #expect(bench.reports.alarms.count == 1)
        await #expect {
            try await bench.engine.apply(.charge(.current(10)))
        } throws: { error in
            (error as? DriverError)?.description.contains("x_mode") == true
        }
        #expect(try await bench.engine.apply(.charge(.off)).frames == ["06 1F9E 0000"])
        bench.device.change { $0.writeExceptions = [:] }
        await bench.run(.seconds(62))
        #expect(try await bench.engine.apply(.charge(.current(10))).told == 10)
    }
}
