import DeviceProfiles
import DriverAPI
import Testing

@testable import ModbusProfile

/// Profile language, keepalive.
struct KeepAliveTests {
    static let timeout = PointDefinition.make(
        "failsafe_timeout", at: 8083, .s, poll: .slow, write: .make(at: 8083, .s) { $0.kind = .setting })
    static let current = PointDefinition.make("failsafe_current", at: 8085, .A, scale: tenth, poll: .slow)

    static func box(
        _ keepAlive: KeepAlive, points: [PointDefinition] = [], _ change: (inout DeviceProfile) -> Void = { _ in }
    ) -> DeviceProfile {
        Box.profile(points: [timeout, current] + points) {
            $0.keepAlive = keepAlive
            change(&$0)
        }
    }

    static func image(timeout: UInt16 = 300) -> [Int: [UInt16]] {
        Box.charging.merging([8083: [timeout, 0, 60]]) { $1 }
    }

    static let fromPoint = KeepAlive.Deadline.point("failsafe_timeout", zeroMeansNever: true, assume: .seconds(100))

    @Test func readsThatGoOnAnywayAreEnough() async throws {
        let keepAlive = KeepAlive(satisfiedBy: .anyTransaction, deadline: .fixed(.seconds(10)), deviceThen: .stops)
        let bench = try await Bench(Self.box(keepAlive), holding: Self.image())
        await bench.run(.seconds(60))
        #expect(bench.device.takeWrites() == [])
    }

    @Test func withoutOtherTrafficTheCheapestPointIsRead() async throws {
        let keepAlive = KeepAlive(satisfiedBy: .anyRead, deadline: .fixed(.seconds(10)), deviceThen: .stops)
        let profile = DeviceProfile(
            id: "test.quiet", version: [1], deviceClass: .wallbox, title: LocalizedText("Quiet"),
            points: [.make("energy_total", at: 9, type: .u32, poll: .slow), .make("x_one", at: 20, poll: .slow)],
            keepAlive: keepAlive)
        let bench = try await Bench(profile)
        await bench.run(.seconds(41))
        #expect(bench.device.takeLog().filter { $0 == "03 0x0014+1" }.count >= 9)
    }

    @Test func aTokenCountsAndComesEveryShareOfTheDeadline() async throws {
        let token = PointDefinition.makeWriteOnly("x_life", write: .make(at: 50) { $0.kind = .command })
        let keepAlive = KeepAlive(
            satisfiedBy: .token, token: .init(point: "x_life", value: .count(1...3)), deadline: .fixed(.seconds(10)),
            deviceThen: .stops)
        let bench = try await Bench(Self.box(keepAlive, points: [token]), holding: Self.image(), connects: false)
        await bench.run(.seconds(20))
        #expect(
            bench.device.takeWrites() == [
                "06 0032 0001", "06 0032 0002", "06 0032 0003", "06 0032 0001", "06 0032 0002",
            ])
    }

    @Test func thatNoTokenIsTakenIsReportedOnceAndAgainAfterFiveMinutes() async throws {
        let token = PointDefinition.makeWriteOnly("x_life", write: .make(at: 50) { $0.kind = .command })
        let keepAlive = KeepAlive(
            satisfiedBy: .token, token: .init(point: "x_life", value: .count(1...3)), deadline: .fixed(.seconds(10)),
            deviceThen: .stops)
        let bench = try await Bench(Self.box(keepAlive, points: [token]), holding: Self.image(), connects: false)
        bench.device.change { $0.writeExceptions = [50: 4] }
        await bench.run(.seconds(290))
        #expect(bench.reports.alarms.count == 1)
        #expect(bench.reports.alarms.allSatisfy { $0.contains("it takes no sign of life") })
        await bench.run(.seconds(60))
        #expect(bench.reports.alarms.count == 2)
        // Once one was taken the next failure is a new matter.
        bench.device.change { $0.writeExceptions = [:] }
        await bench.run(.seconds(20))
        bench.device.change { $0.writeExceptions = [50: 4] }
        await bench.run(.seconds(20))
        #expect(bench.reports.alarms.count == 3)
    }

    @Test func theSameTokenIsWhatTheDeviceShows() async throws {
        let keepAlive = KeepAlive(
            satisfiedBy: .anyWrite, token: .init(point: "failsafe_timeout"), deadline: Self.fromPoint,
            deviceThen: .limitsToPoint("failsafe_current"))
        let bench = try await Bench(Self.box(keepAlive), holding: Self.image(timeout: 60), connects: false)
        await bench.run(.seconds(49))
        #expect(bench.device.takeWrites() == ["06 1F93 003C", "06 1F93 003C", "06 1F93 003C"])
    }

    @Test func aToggledTokenAlternates() async throws {
        let token = PointDefinition.makeWriteOnly(
            "x_life", write: .make(at: 50, type: .bool16) { $0.kind = .command }, kind: .bool)
        let keepAlive = KeepAlive(
            satisfiedBy: .token, token: .init(point: "x_life", value: .toggle), deadline: .fixed(.seconds(10)),
            deviceThen: .stops)
        let bench = try await Bench(Self.box(keepAlive, points: [token]), holding: Self.image(), connects: false)
        await bench.run(.seconds(12))
        #expect(bench.device.takeWrites() == ["06 0032 0001", "06 0032 0000", "06 0032 0001"])
    }

    @Test func theSetPointIsRepeatedFromTheFirstCommandOn() async throws {
        let keepAlive = KeepAlive(satisfiedBy: .setPoint, deadline: .fixed(.seconds(30)), deviceThen: .stops)
        let bench = try await Bench(Self.box(keepAlive), holding: Self.image())
        await bench.run(.seconds(60))
        #expect(bench.device.takeWrites() == [])
        _ = try await bench.engine.apply(.charge(.current(10)))
        _ = bench.device.takeLog()
        await bench.run(.seconds(26))
        #expect(bench.device.takeWrites() == ["06 1F9D 0064", "06 1F9D 0064"])
    }

    @Test func offIsRepeatedToo() async throws {
        let keepAlive = KeepAlive(satisfiedBy: .setPoint, deadline: .fixed(.seconds(30)), deviceThen: .stops)
        var charge = Box.charge
        charge.start = [.natural("current_limit")]
        charge.stop = [.natural("current_limit")]
        charge.off = .value(.number(0))
        let bench = try await Bench(
            Self.box(keepAlive) { $0.control.charge = charge }, holding: Self.image())
        _ = try await bench.engine.apply(.charge(.off))
        _ = bench.device.takeLog()
        await bench.run(.seconds(14))
        #expect(bench.device.takeWrites() == ["06 1F9D 0000"])
    }

    /// A box that only set-points keep going would fall back unnoticed while it refuses raises.
    @Test(arguments: [KeepAlive.SatisfiedBy.setPoint, .anyWrite])
    func theSetPointIsRepeatedAfterARefusalToo(_ satisfiedBy: KeepAlive.SatisfiedBy) async throws {
        let keepAlive = KeepAlive(satisfiedBy: satisfiedBy, deadline: .fixed(.seconds(30)), deviceThen: .stops)
        let bench = try await Bench(Self.box(keepAlive), holding: Self.image())
        _ = try await bench.engine.apply(.charge(.current(10)))
        bench.device.change { $0.writeExceptions = [8093: 3] }
        await #expect(throws: DriverError.self) { try await bench.engine.apply(.charge(.current(12))) }
        bench.device.change { $0.writeExceptions = [:] }
        _ = bench.device.takeLog()
        await bench.run(.seconds(26))
        #expect(bench.device.takeWrites() == ["06 1F9D 0064", "06 1F9D 0064"])
    }

    /// The frame before the one that it refused may have been heard though its answer was lost.
    @Test func nothingAboveWhatTheBoxReadsIsRepeatedAfterARefusal() async throws {
        let keepAlive = KeepAlive(satisfiedBy: .setPoint, deadline: .fixed(.seconds(30)), deviceThen: .stops)
        let bench = try await Bench(Self.box(keepAlive), holding: Self.image())
        _ = try await bench.engine.apply(.charge(.current(10)))
        bench.device.change { $0.writeExceptions = [8093: 3] }
        await #expect(throws: DriverError.self) { try await bench.engine.apply(.charge(.current(8))) }
        bench.device.change { $0.writeExceptions = [:] }
        bench.device[8093] = 80
        _ = bench.device.takeLog()
        await bench.run(.seconds(13))
        #expect(bench.device.takeWrites() == ["06 1F9D 0050"])
    }

    /// What it was told before it was silent is for load management to say again: others may have what it gave up.
    @Test(arguments: [KeepAlive.SatisfiedBy.setPoint, .anyWrite])
    func afterASilenceTheNextCommandComesFirst(_ satisfiedBy: KeepAlive.SatisfiedBy) async throws {
        let keepAlive = KeepAlive(satisfiedBy: satisfiedBy, deadline: .fixed(.seconds(30)), deviceThen: .stops)
        let bench = try await Bench(Self.box(keepAlive), holding: Self.image())
        _ = try await bench.engine.apply(.charge(.current(10)))
        bench.device.change { $0.always = .timeout }
        await bench.run(.seconds(5))
        bench.device.change { $0.always = nil }
        _ = bench.device.takeLog()
        await bench.run(.seconds(120))
        #expect(bench.device.takeWrites() == [])
        #expect(bench.reports.links.last == .online)
        _ = try await bench.engine.apply(.charge(.current(10)))
        _ = bench.device.takeLog()
        await bench.run(.seconds(14))
        #expect(bench.device.takeWrites() == ["06 1F9D 0064"])
    }

    @Test func otherWritesCountWhereAnyWriteDoes() async throws {
        let keepAlive = KeepAlive(
            satisfiedBy: .anyWrite, token: .init(point: "failsafe_timeout"), deadline: .fixed(.seconds(30)),
            deviceThen: .stops)
        let bench = try await Bench(Self.box(keepAlive), holding: Self.image())
        await bench.run(.seconds(1))
        _ = bench.device.takeLog()
        await bench.run(.seconds(10))
        _ = try await bench.engine.apply(.charge(.current(10)))
        _ = bench.device.takeLog()
        await bench.run(.seconds(10))
        #expect(bench.device.takeWrites() == [])
    }

    // MARK: The watchdog that is booked

    @Test func theWatchdogIsWhatTheDeviceShows() async throws {
        let keepAlive = KeepAlive(
            satisfiedBy: .anyTransaction, deadline: Self.fromPoint, deviceThen: .limitsToPoint("failsafe_current"))
        let bench = try await Bench(Self.box(keepAlive), holding: Self.image())
        await bench.engine.round()
        #expect(bench.reports.description?.charging?.watchdog == .falls(to: 6, after: .seconds(300)))
        bench.device[8085] = 80
        await bench.run(.seconds(62))
        #expect(bench.reports.description?.charging?.watchdog == .falls(to: 8, after: .seconds(300)))
        bench.device[8083] = 0
        await bench.run(.seconds(62))
        #expect(bench.reports.description?.charging?.watchdog == Watchdog.none)
    }

    @Test func whatIsNotKnownIsBookedAsUnknown() async throws {
        let keepAlive = KeepAlive(
            satisfiedBy: .anyTransaction, deadline: Self.fromPoint, deviceThen: .limitsToPoint("failsafe_current"))
        let bench = try await Bench(Self.box(keepAlive), holding: Self.image(), connects: false) { device in
            device.change { $0.exceptions = [.holding: [8083: 4, 8085: 4]] }
        }
        await bench.engine.round()
        #expect(bench.reports.description?.charging?.watchdog == .unknown(after: .seconds(100)))
    }

    @Test func stopsKeepsAndNothingAreBookedAsTheyAre() async throws {
        for (then, expected) in [
            (KeepAlive.Then.stops, Watchdog.falls(to: 0, after: .seconds(10))), (.keeps, .none),
            (.limitsTo(6), .falls(to: 6, after: .seconds(10))), (.unknown, .unknown(after: .seconds(10))),
        ] {
            let keepAlive = KeepAlive(
                satisfiedBy: .anyTransaction, deadline: .fixed(.seconds(10)), deviceThen: then)
            let bench = try await Bench(Self.box(keepAlive), holding: Self.image())
            #expect(await bench.engine.deviceDescription.charging?.watchdog == expected)
        }
        let bench = try await Bench(Box.profile())
        #expect(await bench.engine.deviceDescription.charging?.watchdog == Watchdog.none)
    }

    @Test func theAbilityTellsTheSetPointsRangeAndStep() async throws {
        let bench = try await Bench(Box.profile())
        #expect(
            await bench.engine.deviceDescription.charging
                == ChargingAbility(minimum: 6, maximum: 16, step: tenth, stoppable: true, switchesPhases: false))
    }
}
