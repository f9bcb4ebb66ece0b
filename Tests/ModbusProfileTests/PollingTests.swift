import DeviceProfiles
import DriverAPI
import ReadPlanning
import Testing

@testable import ModbusProfile

struct PollingTests {
    static func meter(_ points: [PointDefinition], _ change: (inout DeviceProfile) -> Void = { _ in }) -> DeviceProfile
    {
        var profile = DeviceProfile(
            id: "test.meter", version: [1, 0, 0], deviceClass: .meter, title: LocalizedText("Meter"), points: points)
        change(&profile)
        return profile
    }

    @Test func classesAreReadAtTheirTargets() async throws {
        let points: [PointDefinition] = [
            .make("power", at: 0, poll: .fast), .make("frequency", at: 1000, poll: .normal),
            .make("energy_import", at: 2000, poll: .slow), .make("x_demand", at: 3000, poll: .onDemand),
        ]
        let bench = try await Bench(Self.meter(points), connects: false)
        try await bench.engine.connect()
        _ = bench.device.takeLog()
        await bench.run(.seconds(120))
        let log = bench.device.takeLog()
        #expect(log.filter { $0 == "03 0x0000+1" }.count == 120)
        #expect(log.filter { $0 == "03 0x03E8+1" }.count == 24)
        #expect(log.filter { $0 == "03 0x07D0+1" }.count == 2)
        #expect(!log.contains("03 0x0BB8+1"))
        let reading = try await bench.engine.read(["x_demand"])
        #expect(reading.map(\.quality) == [.good])
    }

    @Test func aSlowPointRidesAlongWhereThatIsCheaper() async throws {
        let points: [PointDefinition] = [.make("power", at: 0, poll: .fast), .make("voltage.l1", at: 1, poll: .normal)]
        let bench = try await Bench(Self.meter(points), connects: false)
        try await bench.engine.connect()
        _ = bench.device.takeLog()
        await bench.run(.seconds(12))
        let log = bench.device.takeLog()
        #expect(!log.contains("03 0x0001+1"))
        #expect(log.filter { $0 == "03 0x0000+2" }.count == 4)
        #expect(log.count == 12)
    }

    @Test func aReadingGrowsStaleAfterThreeTargetsAndAtLeastFiveSeconds() async throws {
        let bench = try await Bench(Self.meter([.make("power", at: 0), .make("energy_import", at: 9, poll: .slow)]))
        bench.clock.advance(by: .milliseconds(4900))
        #expect(await bench.quality("power") == .good)
        bench.clock.advance(by: .milliseconds(200))
        #expect(await bench.quality("power") == .stale)
        #expect(await bench.value("power") == .number(0))
        bench.clock.advance(by: .seconds(170))
        #expect(await bench.quality("energy_import") == .good)
        bench.clock.advance(by: .seconds(6))
        #expect(await bench.quality("energy_import") == .stale)
    }

    @Test func aDeviceFailureMakesPointsMissingAndIsNoMatterOfThePlan() async throws {
        let bench = try await Bench(Self.meter([.make("power", at: 0), .make("current.l1", at: 1)]))
        bench.device.change { $0.exceptions = [.holding: [1: 4]] }
        bench.clock.advance(by: .seconds(1))
        let readings = await bench.engine.round()
        #expect(readings.map(\.quality) == [.missing, .missing])
        #expect(bench.device.takeLog() == ["03 0x0000+2"])
        bench.device.change { $0.exceptions = [:] }
        bench.clock.advance(by: .seconds(1))
        await bench.engine.round()
        #expect(await bench.quality("power") == .good)
        #expect(bench.device.takeLog() == ["03 0x0000+2"])
    }

    @Test func aPointThatTheDeviceDoesNotHaveIsFoundAndTheOthersGoOn() async throws {
        let points = (0..<8).map { PointDefinition.make("x_\($0)", at: $0) }
        let bench = try await Bench(Self.meter(points), connects: false) { device in
            device.change { $0.exceptions = [.holding: [5: 2]] }
        }
        await bench.run(.seconds(130))
        #expect(await bench.quality("x_5") == .absent)
        for point in [0, 1, 2, 3, 4, 6, 7] { #expect(await bench.quality("x_\(point)") == .good) }
        _ = bench.device.takeLog()
        await bench.run(.seconds(2))
        #expect(bench.device.takeLog() == ["03 0x0000+5", "03 0x0006+2", "03 0x0000+5", "03 0x0006+2"])
    }

    @Test func aGapThatMayNotBeBridgedIsRememberedOverRestarts() async throws {
        let store = MemoryDriverStore()
        let points: [PointDefinition] = [.make("power", at: 0), .make("frequency", at: 4)]
        let first = try await Bench(Self.meter(points), store: store, connects: false) { device in
            device.change { $0.exceptions = [.holding: [2: 2]] }
        }
        await first.run(.seconds(70))
        #expect(await first.quality("power") == .good)
        #expect(await first.quality("frequency") == .good)
        let second = try await Bench(Self.meter(points), store: store, connects: false) { device in
            device.change { $0.exceptions = [.holding: [2: 2]] }
        }
        await second.run(.seconds(2))
        #expect(!second.device.takeLog().contains("03 0x0000+5"))
        let newer = try await Bench(Self.meter(points) { $0.version = [1, 1, 0] }, store: store, connects: false)
        await newer.run(.seconds(2))
        #expect(newer.device.takeLog().contains("03 0x0000+5"))
    }

    @Test func aConnectionClosedAfterABridgedReadTeachesNotToBridge() async throws {
        let points: [PointDefinition] = [.make("power", at: 0), .make("frequency", at: 4)]
        let bench = try await Bench(Self.meter(points), connects: false) { device in
            device.change { $0.script = [.disconnected("closed by the peer"), nil, nil] }
        }
        await bench.run(.seconds(3))
        #expect(await bench.quality("power") == .good)
        #expect(bench.reports.links.last == .online)
    }

    @Test func aPointReadOnChangeFollowsInTheNextRound() async throws {
        let points: [PointDefinition] = [
            .make("x_count", at: 0, poll: .fast), .make("x_tag", at: 500, poll: .onChange("x_count")),
        ]
        let bench = try await Bench(Self.meter(points), connects: false)
        await bench.run(.seconds(5))
        #expect(bench.device.takeLog().filter { $0 == "03 0x01F4+1" }.count == 1)
        bench.device[0] = 1
        bench.device[500] = 42
        await bench.run(.seconds(5))
        #expect(bench.device.takeLog().filter { $0 == "03 0x01F4+1" }.count == 1)
        #expect(await bench.value("x_tag") == .number(42))
    }

    @Test func aRestartOfTheDeviceBringsInitAndStaticPointsAgain() async throws {
        let points: [PointDefinition] = [
            .make("restarts", at: 0), .make("rated_current", at: 300, .A, poll: .static),
            .make("x_mode", at: 600, poll: .onDemand, write: .make(at: 600)),
        ]
        let profile = Box.profile(points: points) {
            $0.initWrites = [InitWrite(point: "x_mode", value: .value(.number(4)), mark: anywhere)]
        }
        let bench = try await Bench(profile, connects: false)
        await bench.run(.seconds(3))
        #expect(bench.device.takeWrites() == ["06 0258 0004"])
        bench.device[600] = 0
        bench.device[0] = 1
        await bench.run(.seconds(2))
        let log = bench.device.takeLog()
        #expect(log.contains("06 0258 0004"))
        #expect(log.contains("03 0x012C+1"))
    }

    @Test func derivedPointsFollowTheirInputsWithTheirQuality() async throws {
        let sum = PointDefinition(
            name: "power", mark: anywhere,
            origin: .expression(.call(.sum, [.name(.lanes(["power.l1", "power.l2"]))])),
            value: {
                var rule = ValueRule()
                rule.kind = .number(.W)
                return rule
            }())
        let points: [PointDefinition] = [sum, .make("power.l1", at: 0, .W), .make("power.l2", at: 1, .W)]
        let bench = try await Bench(Self.meter(points), holding: [0: [100, 50]])
        #expect(await bench.value("power") == .number(150))
        bench.device.change { $0.exceptions = [.holding: [0: 4]] }
        bench.clock.advance(by: .seconds(1))
        await bench.engine.round()
        #expect(await bench.quality("power") == .missing)
    }

    @Test func aPowerOfTenIsReadWithItsPoint() async throws {
        let power = PointDefinition.make("power", at: 0, .W, type: .s16) { $0.value.scaleFrom = "x_scale" }
        let scale = PointDefinition.make("x_scale", at: 5, type: .s16, poll: .slow)
        let bench = try await Bench(Self.meter([power, scale]), holding: [0: [123], 5: [UInt16(bitPattern: -1)]])
        #expect(await bench.value("power") == .number(Exact(123, over: 10) ?? 0))
        bench.device[5] = 1
        bench.clock.advance(by: .seconds(1))
        await bench.engine.round()
        #expect(await bench.value("power") == .number(1230))
        #expect(bench.device.takeLog() == ["03 0x0000+6"])
    }

    @Test func anUnknownPointIsRefusedByName() async throws {
        let bench = try await Bench(Self.meter([.make("power", at: 0)]))
        await #expect(throws: DriverError.unsupported("the profile test.meter has no point powr")) {
            try await bench.engine.read(["powr"])
        }
    }
}
