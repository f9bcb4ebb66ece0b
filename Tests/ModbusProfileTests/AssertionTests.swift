import DeviceProfiles
import DriverAPI
import Testing

@testable import ModbusProfile

/// Profile language, control, rule 5; swap and leaving.
struct AssertionTests {
    @Test func aDeviationLongerThanTheWindowIsToldAgain() async throws {
        let bench = try await Bench(Box.profile())
        _ = try await bench.engine.apply(.charge(.current(10)))
        bench.device[8093] = 160
        _ = bench.device.takeLog()
        await bench.run(.seconds(5))
        #expect(bench.device.takeWrites() == [])
        await bench.run(.seconds(4))
        #expect(bench.device.takeWrites() == ["06 1F9D 0064", "06 1F9E 0001"])
        #expect(bench.reports.deviations == [16])
        #expect(await bench.engine.writtenFrames.last?.cause == .assertion)
        #expect(await bench.engine.told == 10)
    }

    @Test func afterThreeTimesInTenMinutesTheOperatorIsTold() async throws {
        let bench = try await Bench(Box.profile())
        _ = try await bench.engine.apply(.charge(.current(10)))
        bench.device.change { state in
            state.deaf = [8093]
            state.words[.holding]?[8093] = 160
        }
        _ = bench.device.takeLog()
        await bench.run(.seconds(300))
        #expect(bench.device.takeWrites().filter { $0 == "06 1F9D 0064" }.count == 3)
        #expect(bench.reports.alarms.count == 1)
        await bench.run(.seconds(400))
        #expect(bench.device.takeWrites().filter { $0 == "06 1F9D 0064" }.count == 3)
    }

    @Test func aBoxThatWasSwitchedOnAgainIsStopped() async throws {
        let bench = try await Bench(Box.profile())
        _ = try await bench.engine.apply(.charge(.off))
        bench.device[8094] = 1
        _ = bench.device.takeLog()
        await bench.run(.seconds(9))
        #expect(bench.device.takeWrites() == ["06 1F9E 0000"])
        #expect(bench.reports.deviations == [16])
    }

    @Test func theSameValueIsWrittenAgainWhereTheBoxReadsOtherwise() async throws {
        let bench = try await Bench(Box.profile())
        _ = try await bench.engine.apply(.charge(.current(10)))
        bench.device[8093] = 160
        await bench.run(.seconds(2))
        _ = bench.device.takeLog()
        #expect(try await bench.engine.apply(.charge(.current(10))).frames == ["06 1F9D 0064", "06 1F9E 0001"])
    }

    @Test func beforeTheFirstCommandNothingIsGoverned() async throws {
        let bench = try await Bench(Box.profile(), lastTold: 10)
        await bench.run(.seconds(30))
        #expect(bench.device.takeWrites() == [])
        #expect(bench.reports.deviations == [])
    }

    @Test func theEnableStaysGovernedWhenOnlyTheLimitIsWritten() async throws {
        let bench = try await Bench(Box.profile())
        _ = try await bench.engine.apply(.charge(.current(10)))
        _ = try await bench.engine.apply(.charge(.current(12)))
        bench.device[8094] = 0
        _ = bench.device.takeLog()
        await bench.run(.seconds(9))
        #expect(bench.device.takeWrites() == ["06 1F9D 0078", "06 1F9E 0001"])
        #expect(bench.reports.deviations == [0])
    }

    @Test func afterAFailedCommandTheOldValueIsNotAsserted() async throws {
        let bench = try await Bench(Box.profile())
        _ = try await bench.engine.apply(.charge(.current(16)))
        bench.device.change { $0.writeExceptions = [8093: 4] }
        await #expect(throws: DriverError.self) { try await bench.engine.apply(.charge(.current(8))) }
        bench.device.change { $0.writeExceptions = [:] }
        bench.device[8093] = 80
        _ = bench.device.takeLog()
        await bench.run(.seconds(20))
        #expect(bench.device.takeWrites() == [])
    }

    // MARK: Swap

    @Test func aNewProfileAssertsTheRunningLimitOnce() async throws {
        let bench = try await Bench(Box.profile())
        _ = try await bench.engine.apply(.charge(.current(10)))
        _ = bench.device.takeLog()
        let newer = Box.profile(points: [.make("current_offered", at: 8095, .A, scale: tenth)]) {
            $0.version = [1, 1, 0]
        }
        try await bench.engine.replace(profile: FixedProfile(newer))
        await bench.run(.seconds(10))
        #expect(bench.device.takeWrites() == ["06 1F9D 0064", "06 1F9E 0001"])
        #expect(await bench.engine.profile.version == [1, 1, 0])
        #expect(await bench.quality("current_offered") == .good)
    }

    @Test func aNewProfileKeepsTheValuesOfPointsThatAreDefinedAlike() async throws {
        let energy = PointDefinition.make("energy_total", at: 50, .Wh, poll: .slow) {
            $0.value.counter = .confirm(3)
        }
        let bench = try await Bench(Box.profile(points: [energy]), holding: Box.charging.merging([50: [500]]) { $1 })
        try await bench.engine.replace(profile: FixedProfile(Box.profile(points: [energy])))
        bench.device[50] = 100
        await bench.engine.round()
        #expect(await bench.quality("energy_total") == .suspect)
        #expect(await bench.value("energy_total") == .number(500))
    }

    @Test func withoutARunningLimitASwapWritesNothing() async throws {
        let bench = try await Bench(Box.profile(), lastTold: 10)
        try await bench.engine.replace(profile: FixedProfile(Box.profile()))
        await bench.run(.seconds(10))
        #expect(bench.device.takeWrites() == [])
    }

    // MARK: Leaving

    @Test func leavingDoesWhatTheProfileSays() async throws {
        var charge = Box.charge
        charge.onDisconnect = .stop
        let stopping = try await Bench(Box.profile(charge: charge))
        await stopping.engine.leave(.asConfigured)
        #expect(stopping.device.takeWrites() == ["06 1F9E 0000"])
        charge.onDisconnect = .limit(6)
        let limiting = try await Bench(Box.profile(charge: charge))
        _ = try await limiting.engine.apply(.charge(.current(10)))
        _ = limiting.device.takeLog()
        await limiting.engine.leave(.asConfigured)
        #expect(limiting.device.takeWrites() == ["06 1F9D 003C"])
        let leaving = try await Bench(Box.profile())
        await leaving.engine.leave(.asConfigured)
        #expect(leaving.device.takeWrites() == [])
        await leaving.engine.leave(.stop)
        #expect(leaving.device.takeWrites() == ["06 1F9E 0000"])
        #expect(await leaving.engine.writtenFrames.map(\.cause) == [.leaving])
    }

    @Test func aLimitToLeaveWithDoesNotStartABoxThatIsOff() async throws {
        var charge = Box.charge
        charge.onDisconnect = .limit(6)
        let bench = try await Bench(Box.profile(charge: charge))
        _ = try await bench.engine.apply(.charge(.off))
        _ = bench.device.takeLog()
        await bench.engine.leave(.asConfigured)
        #expect(bench.device.takeWrites() == [])
    }
}
