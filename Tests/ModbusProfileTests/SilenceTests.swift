import DeviceProfiles
import DriverAPI
import Testing

@testable import ModbusProfile

/// Load management, rule 1: a silent box gets no frame until its watchdog has run out since the last one.
struct SilenceTests {
    static func box(watchdog: Duration?) -> DeviceProfile {
        Box.profile {
            $0.keepAlive = watchdog.map {
                KeepAlive(satisfiedBy: .anyTransaction, deadline: .fixed($0), deviceThen: .limitsTo(6))
            }
        }
    }

    @Test func afterItsRepeatsTheDeviceIsSilentAndItsPointsAreOffline() async throws {
        let bench = try await Bench(Self.box(watchdog: nil))
        bench.device.change { $0.always = .timeout }
        bench.clock.advance(by: .seconds(1))
        await bench.engine.round()
        #expect(bench.device.takeLog() == ["03 0x1F9C+3", "03 0x1F9C+3", "03 0x1F9C+3"])
        guard case .silent(_, let reason)? = bench.reports.links.last else {
            Issue.record("not silent: \(bench.reports.links)")
            return
        }
        #expect(reason == "no answer in time")
        #expect(await bench.quality("state") == .offline)
        #expect(await bench.value("state") == nil)
    }

    @Test func aSingleTimeoutIsRepeatedAndNoSilence() async throws {
        let bench = try await Bench(Self.box(watchdog: nil))
        bench.device.change { $0.script = [.timeout, .garbled("checksum")] }
        bench.clock.advance(by: .seconds(1))
        await bench.engine.round()
        #expect(bench.device.takeLog().count == 3)
        #expect(bench.reports.links.last == .online)
    }

    @Test func withoutAWatchdogItIsProbedEverLessOften() async throws {
        let bench = try await Bench(Self.box(watchdog: nil))
        bench.device.change { $0.always = .timeout }
        bench.clock.advance(by: .seconds(1))
        await bench.engine.round()
        _ = bench.device.takeLog()
        var probes: [Int] = []
        let start = bench.clock.now
        for _ in 0..<200 {
            await bench.engine.round()
            if !bench.device.takeLog().isEmpty {
                probes.append(Int(start.duration(to: bench.clock.now).components.seconds))
            }
            bench.clock.advance(by: .milliseconds(500))
        }
        // Pauses of 1, 2, 4, 8, 16, 32 s, and one second of waiting for each answer.
        #expect(probes.count == 6)
        let pauses = zip(probes, probes.dropFirst()).map { $1 - $0 }
        #expect(zip(pauses, [3, 5, 9, 17, 33]).allSatisfy { abs($0 - $1) <= 1 })
    }

    @Test func noFrameLeavesUntilTheWatchdogHasRunOut() async throws {
        let bench = try await Bench(Self.box(watchdog: .seconds(60)))
        bench.device.change { $0.always = .timeout }
        bench.clock.advance(by: .seconds(1))
        await bench.engine.round()
        let last = try #require(await bench.engine.lastFrame)
        _ = bench.device.takeLog()
        await bench.run(.seconds(60))
        #expect(bench.device.takeLog() == [])
        // 60 s and a margin of 8 s.
        await bench.run(.seconds(10))
        #expect(!bench.device.takeLog().isEmpty)
        #expect(last.duration(to: try #require(await bench.engine.lastFrame)) >= .seconds(68))
    }

    @Test func whatDidNotReachTheBoxMayBeTriedAtOnce() async throws {
        let bench = try await Bench(Self.box(watchdog: .seconds(60)))
        bench.device.change { $0.always = .unreachable("connection refused") }
        bench.clock.advance(by: .seconds(1))
        await bench.engine.round()
        #expect(bench.device.takeLog() == [])
        bench.device.change { $0.always = nil }
        await bench.run(.seconds(3))
        #expect(bench.reports.links.last == .online)
    }

    @Test func theLastFrameIsReportedBeforeTheSilence() async throws {
        let bench = try await Bench(Self.box(watchdog: .seconds(60)))
        bench.device.change { $0.always = .timeout }
        bench.clock.advance(by: .seconds(1))
        await bench.engine.round()
        let updates = bench.reports.all
        let silent = try #require(updates.lastIndex { if case .link(.silent) = $0 { true } else { false } })
        let frames = updates[..<silent].compactMap { if case .frame(let time) = $0 { time } else { nil } }
        #expect(frames.last == (await bench.engine.lastFrame))
    }

    @Test func afterSilenceFactsInitAndStaticPointsComeAgain() async throws {
        let points: [PointDefinition] = [
            .make("rated_current", at: 300, .A, poll: .static),
            .make("x_mode", at: 600, poll: .onDemand, write: .make(at: 600)),
        ]
        let profile = Box.profile(points: points) {
            $0.initWrites = [InitWrite(point: "x_mode", value: .value(.number(4)), mark: anywhere)]
        }
        let bench = try await Bench(profile)
        await bench.run(.seconds(2))
        bench.device.change { $0.always = .timeout }
        await bench.run(.seconds(5))
        bench.device.change { $0.always = nil }
        bench.device[600] = 0
        _ = bench.device.takeLog()
        await bench.run(.seconds(10))
        let log = bench.device.takeLog()
        #expect(log.contains("06 0258 0004"))
        #expect(log.contains("03 0x012C+1"))
        #expect(bench.reports.links.last == .online)
        #expect(await bench.quality("state") == .good)
    }

    @Test func aLoweringForASilentBoxWaitsAndGoesOutFirst() async throws {
        let bench = try await Bench(Self.box(watchdog: .seconds(60)))
        _ = try await bench.engine.apply(.charge(.current(16)))
        bench.device.change { $0.always = .timeout }
        await bench.run(.seconds(4))
        _ = bench.device.takeLog()
        await #expect {
            try await bench.engine.apply(.charge(.current(8)))
        } throws: { error in
            if case .unreachable = error as? DriverError { true } else { false }
        }
        #expect(bench.device.takeLog() == [])
        bench.device.change { $0.always = nil }
        await bench.run(.seconds(75))
        let log = bench.device.takeLog()
        #expect(log.first == "06 1F9D 0050", "a question first might wake the 16 A that it holds")
        #expect(log.filter { $0.hasPrefix("06") } == ["06 1F9D 0050", "06 1F9D 0050", "06 1F9E 0001"])
        #expect(await bench.engine.told == 8)
    }

    @Test func aRaiseForASilentBoxIsForgotten() async throws {
        let bench = try await Bench(Self.box(watchdog: .seconds(60)))
        _ = try await bench.engine.apply(.charge(.current(8)))
        bench.device.change { $0.always = .timeout }
        await bench.run(.seconds(4))
        await #expect(throws: DriverError.self) { try await bench.engine.apply(.charge(.current(16))) }
        bench.device.change { $0.always = nil }
        _ = bench.device.takeLog()
        await bench.run(.seconds(80))
        #expect(bench.device.takeWrites() == [])
        #expect(bench.reports.links.last == .online)
    }

    @Test func withoutAWatchdogTheLoweringItselfIsTheProbe() async throws {
        let bench = try await Bench(Self.box(watchdog: nil))
        _ = try await bench.engine.apply(.charge(.current(16)))
        bench.device.change { $0.always = .timeout }
        await bench.run(.seconds(4))
        _ = bench.device.takeLog()
        await #expect(throws: DriverError.self) { try await bench.engine.apply(.charge(.off)) }
        await bench.run(.seconds(20))
        let probes = bench.device.takeLog()
        #expect(!probes.isEmpty)
        #expect(probes.allSatisfy { $0 == "06 1F9E 0000" })
        bench.device.change { $0.always = nil }
        await bench.run(.seconds(70))
        #expect(await bench.engine.told == 0)
        #expect(bench.reports.links.last == .online)
    }

    @Test func nothingIsRaisedByItselfAfterASilence() async throws {
        let bench = try await Bench(Self.box(watchdog: .seconds(60)))
        _ = try await bench.engine.apply(.charge(.current(16)))
        bench.device.change { $0.always = .timeout }
        await bench.run(.seconds(70))
        bench.device[8093] = 60
        bench.device.change { $0.always = nil }
        _ = bench.device.takeLog()
        await bench.run(.seconds(80))
        #expect(bench.device.takeWrites() == [])
    }

    @Test func aDeviceThatWasNeverReachedIsReportedAndTriedAgain() async throws {
        let bench = try await Bench(Self.box(watchdog: nil), connects: false) { device in
            device.change { $0.always = .unreachable("connection refused") }
        }
        await bench.run(.seconds(3))
        guard case .silent? = bench.reports.links.last else {
            Issue.record("not silent: \(bench.reports.links)")
            return
        }
        bench.device.change { $0.always = nil }
        await bench.run(.seconds(10))
        #expect(bench.reports.links.last == .online)
    }
}

extension SilenceTests {
    @Test func aBoxThatWasNeverToldAnythingIsTriedAgainSoon() async throws {
        let bench = try await Bench(Self.box(watchdog: .seconds(300)), connects: false) { device in
            device.change { $0.always = .timeout }
        }
        await bench.run(.seconds(5))
        bench.device.change { $0.always = nil }
        await bench.run(.seconds(20))
        #expect(bench.reports.links.last == .online)
    }

    @Test func aTimeoutAfterFailedConnectionsStillLeavesTheWatchdogItsTime() async throws {
        let bench = try await Bench(Self.box(watchdog: .seconds(60)))
        _ = try await bench.engine.apply(.charge(.current(16)))
        bench.device.change { $0.always = .unreachable("no route") }
        await bench.run(.seconds(4))
        bench.device.change { $0.always = .timeout }
        await bench.run(.seconds(20))
        let last = try #require(await bench.engine.lastFrame)
        await bench.run(.seconds(40))
        #expect(await bench.engine.lastFrame == last)
    }

    @Test func aProbeWithoutAnAnswerIsThePointsSilenceAndTriedAgainLater() async throws {
        let probed = PointDefinition.make("phases_active", at: 900, presence: .probe)
        let bench = try await Bench(Box.profile(points: [probed]), connects: false) { device in
            device.change { $0.script = [.timeout, .timeout, .timeout] }
        }
        await bench.run(.seconds(10))
        #expect(bench.reports.links.last == .online)
        #expect(await bench.quality("phases_active") == .missing)
        await bench.run(.seconds(600))
        #expect(await bench.quality("phases_active") == .good)
    }
}
