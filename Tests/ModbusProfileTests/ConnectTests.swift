import DeviceProfiles
import DriverAPI
import ReadPlanning
import Testing

@testable import ModbusProfile

struct ConnectTests {
    /// Serial at 10, firmware at 11, model (may be refused) at 12.
    static let facts: [PointDefinition] = [
        .make("serial", at: 10), .make("firmware", at: 11), .make("model", at: 12),
    ]

    static func identified(_ score: Int = 100) -> DeviceProfile {
        Box.profile {
            $0.identify = Identification(
                rules: [
                    .init(request: ReadRequest(.holding, at: 20, count: 2), test: .words([0xCF05, nil]), score: 60),
                    .init(
                        request: ReadRequest(.holding, at: 30, count: 1),
                        test: .range(45...65, ReadPlace(table: .holding, address: 30)), score: score - 60),
                ], accept: 100, askInstallerFrom: 80, facts: facts)
        }
    }

    static let image = Box.charging.merging([10: [77, 3, 5], 20: [0xCF05, 9], 30: [50]]) { $1 }

    @Test func factsAreReadFirstAndARefusedOneIsUnknown() async throws {
        let bench = try await Bench(Self.identified(), holding: Self.image, connects: false) { device in
            device.change { $0.exceptions = [.holding: [12: 2]] }
        }
        try await bench.engine.connect()
        #expect(bench.device.takeLog().prefix(3) == ["03 0x000A+1", "03 0x000B+1", "03 0x000C+1"])
        #expect(await bench.engine.facts == ["serial": .number(77), "firmware": .number(3)])
        #expect(await bench.engine.score == 100)
        #expect(await bench.engine.identity == .fits)
        #expect(await bench.value("serial") == .number(77))
        #expect(await bench.engine.deviceDescription.identity == ["serial": "77", "firmware": "3"])
    }

    @Test func variantsFollowTheFacts() async throws {
        let bench = try await Bench(
            Self.identified(), holding: Self.image,
            vary: { profile, facts in
                guard facts["firmware"] == .number(3) else { return profile }
                var profile = profile
                profile.deviceClass = .battery
                return profile
            })
        #expect(await bench.engine.profile.deviceClass == .battery)
    }

    @Test func anotherMakeIsReadNoFurtherAndNeverWritten() async throws {
        var image = Self.image
        image[20] = [0xBEEF, 9]
        let bench = try await Bench(Self.identified(), holding: image, connects: false)
        await bench.engine.round()
        guard case .mismatch(let text)? = bench.reports.links.last else {
            Issue.record("no mismatch reported: \(bench.reports.links)")
            return
        }
        #expect(text.contains("40 of the 80"))
        _ = bench.device.takeLog()
        await #expect(throws: DriverError.mismatch(text)) { try await bench.engine.apply(.charge(.off)) }
        await bench.run(.seconds(59))
        #expect(bench.device.takeLog() == [])
        bench.device[20] = 0xCF05
        await bench.run(.seconds(3))
        #expect(bench.reports.links.last == .online)
        #expect(try await bench.engine.apply(.charge(.off)).frames == ["06 1F9E 0000"])
    }

    @Test func aScoreThatTheInstallerMayChooseIsEnough() async throws {
        let bench = try await Bench(Self.identified(80), holding: Self.image)
        #expect(await bench.engine.score == 80)
        #expect(await bench.engine.identity == .fits)
    }

    @Test func anotherSerialIsNotWrittenUntilConfirmed() async throws {
        let store = MemoryDriverStore()
        _ = try await Bench(Self.identified(), holding: Self.image, store: store)
        var image = Self.image
        image[10] = [78, 3, 5]
        let bench = try await Bench(Self.identified(), holding: image, store: store)
        #expect(await bench.engine.identity == .otherSerial(known: "77", found: "78"))
        #expect(bench.reports.alarms.count == 1)
        #expect(await bench.value("state") == .member("C"))
        await #expect(throws: DriverError.self) { try await bench.engine.apply(.charge(.current(10))) }
        #expect(bench.device.takeWrites() == [])
        try await bench.engine.confirmIdentity()
        #expect(try await bench.engine.apply(.charge(.current(10))).told == 10)
        let again = try await Bench(Self.identified(), holding: image, store: store)
        #expect(await again.engine.identity == .fits)
    }

    @Test func presenceFollowsItsCondition() async throws {
        let meter = PointDefinition.makeBool("x_has_meter", at: 40, poll: .slow)
        let power = PointDefinition.make("power", at: 41, .W, presence: .when(.point("x_has_meter")))
        let with = try await Bench(
            Box.profile(points: [meter, power]), holding: Box.charging.merging([40: [1, 5000]]) { $1 })
        #expect(await with.value("power") == .number(5000))
        let without = try await Bench(
            Box.profile(points: [meter, power]), holding: Box.charging.merging([40: [0, 5000]]) { $1 }, connects: false)
        try await without.engine.connect()
        _ = try await without.engine.read(nil)
        #expect(await without.quality("power") == .absent)
        #expect(await without.engine.deviceDescription.points.contains("power") == false)
        #expect(!without.device.takeLog().contains { $0.hasPrefix("03 0x0029") })
    }

    @Test func aPointWhosePresenceIsUnknownIsNotReadYet() async throws {
        let meter = PointDefinition.makeBool("x_has_meter", at: 40, poll: .slow)
        let power = PointDefinition.make("power", at: 41, .W, presence: .when(.point("x_has_meter")))
        let bench = try await Bench(Box.profile(points: [meter, power]), connects: false) { device in
            device.change { $0.exceptions = [.holding: [40: 4]] }
        }
        await bench.run(.seconds(3))
        #expect(await bench.quality("x_has_meter") == .missing)
        #expect(await bench.quality("power") == .missing)
        bench.device.change { $0.exceptions = [:] }
        bench.device[40] = 1
        await bench.run(.seconds(62))
        #expect(await bench.quality("power") == .good)
    }

    @Test func aProbedPointIsReadAloneOnceAndAbsentWhenRefused() async throws {
        let probed = PointDefinition.make("phases_active", at: 8095, presence: .probe)
        let bench = try await Bench(Box.profile(points: [probed]), connects: false) { device in
            device.change { $0.exceptions = [.holding: [8095: 2]] }
        }
        await bench.run(.seconds(5))
        let log = bench.device.takeLog()
        #expect(log.filter { $0.contains("0x1F9F") } == ["03 0x1F9F+1"])
        #expect(log.contains("03 0x1F9C+3"))
        #expect(await bench.quality("phases_active") == .absent)
    }

    @Test func staticPointsAreReadOncePerConnection() async throws {
        let rated = PointDefinition.make("rated_current", at: 60, .A, poll: .static)
        let bench = try await Bench(
            Box.profile(points: [rated]), holding: Box.charging.merging([60: [16]]) { $1 }, connects: false)
        await bench.run(.seconds(30))
        #expect(bench.device.takeLog().filter { $0 == "03 0x003C+1" }.count == 1)
        bench.device.change { $0.epoch += 1 }
        await bench.run(.seconds(30))
        #expect(bench.device.takeLog().filter { $0 == "03 0x003C+1" }.count == 1)
    }

    @Test func aNewConnectionMakesTheNextCommandAssertEverything() async throws {
        let bench = try await Bench(Box.profile())
        _ = try await bench.engine.apply(.charge(.current(10)))
        bench.device.change { $0.epoch += 1 }
        await bench.engine.round()
        #expect(try await bench.engine.apply(.charge(.current(11))).frames == ["06 1F9D 006E", "06 1F9E 0001"])
    }
}
