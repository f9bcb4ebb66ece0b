import DeviceProfiles
import DriverAPI
import Modbus
import ReadPlanning
import Testing

@testable import ModbusProfile

struct DeviceTests {
    /// Three requests a round: the box's own, and two points far away; slow enough to go out one by one.
    static let profile = Box.profile(
        points: [.make("power", at: 1000, .W), .make("x_far", at: 2000)],
        {
            $0.modbus.constraints.bridging = false
        })

    static func open(_ link: GateLink, _ profile: DeviceProfile = profile) async throws -> ModbusProfileDevice {
        try await ModbusProfileDevice(
            profile: FixedProfile(profile), link: link,
            configuration: .init(line: .serial(9600, .none), latency: .milliseconds(30)),
            context: DriverContext(clock: SystemClock(), store: MemoryDriverStore()))
    }

    static func untilCommandWaits(_ device: ModbusProfileDevice) async throws {
        for _ in 0..<60_000 where !device.hasWaitingCommands { try await Task.sleep(for: .milliseconds(1)) }
        guard device.hasWaitingCommands else { throw Overdue(description: "no command waits") }
    }

    @Test func aCommandGoesBetweenTwoRequestsOfARound() async throws {
        let link = GateLink(Box.charging)
        let device = try await Self.open(link)
        try await link.hold { $0.contains("03 0x07D0+1") && $0.last == "03 0x03E8+1" }
        async let outcome = device.apply(.charge(.current(10)))
        try await Self.untilCommandWaits(device)
        let before = link.log.count
        link.open()
        #expect(try await outcome.told == 10)
        #expect(Array(link.log[before...].prefix(2)) == ["06 1F9D 0064", "06 1F9E 0001"])
        await device.close(.leave)
    }

    @Test func theNewestWaitingCommandOfABlockReplacesTheOlder() async throws {
        let link = GateLink(Box.charging)
        let device = try await Self.open(link)
        try await link.hold { $0.contains("03 0x07D0+1") && $0.last == "03 0x03E8+1" }
        let first = Task { try await device.apply(.charge(.current(10))) }
        try await Self.untilCommandWaits(device)
        let second = Task { try await device.apply(.charge(.current(12))) }
        await #expect(throws: DriverError.superseded) { try await first.value }
        link.open()
        #expect(try await second.value.told == 12)
        #expect(!link.log.contains("06 1F9D 0064"))
        await device.close(.leave)
    }

    @Test func aLowerLimitTakesThePlaceOfTheOneBeingVerified() async throws {
        let link = GateLink(Box.charging)
        let device = try await Self.open(link)
        let first = Task { try await device.apply(.charge(.current(16))) }
        try await link.wait { $0.contains("06 1F9E 0001") }
        let second = try await device.apply(.charge(.current(8)))
        await #expect(throws: DriverError.superseded) { try await first.value }
        #expect(second.told == 8)
        #expect(second.frames == ["06 1F9D 0050", "06 1F9E 0001"])
        await device.close(.leave)
    }

    @Test func aStopDoesNotWaitForASleepingSequence() async throws {
        let profile = Box.profile(points: [SequenceTests.pilot]) {
            $0.control.wakeUp = SequenceControl(steps: [.write("x_cp_open", .number(5)), .wait(.seconds(100))])
        }
        let link = GateLink(Box.charging)
        let device = try await Self.open(link, profile)
        let waking = Task { try await device.apply(.wakeUp) }
        try await link.wait { $0.contains("06 1F96 0005") }
        #expect(try await device.apply(.charge(.off)).frames == ["06 1F9E 0000"])
        await device.close(.leave)
        await #expect(throws: DriverError.closed) { try await waking.value }
    }

    @Test func closingTakesLeaveAndEndsTheUpdates() async throws {
        let link = GateLink(Box.charging)
        let device = try await Self.open(link)
        _ = try await device.read(["state"])
        await device.close(.stop)
        #expect(link.log.contains("06 1F9E 0000"))
        var links: [LinkState] = []
        for await update in device.updates { if case .link(let state) = update { links.append(state) } }
        #expect(links == [.connecting, .online])
        await #expect(throws: DriverError.closed) { try await device.apply(.charge(.off)) }
        await #expect(throws: DriverError.closed) { try await device.read(nil) }
    }

    @Test func aNewProfileIsTakenOverBetweenTwoRounds() async throws {
        let link = GateLink(Box.charging)
        let device = try await Self.open(link)
        _ = try await device.apply(.charge(.current(10)))
        let before = link.log.count
        try await device.replace(profile: FixedProfile(Box.profile(points: [.make("x_new", at: 3000)])))
        #expect(try await device.read(["x_new"]).map(\.quality) == [.good])
        try await link.wait { $0.dropFirst(before).contains("06 1F9E 0001") }
        await device.close(.leave)
    }
}

struct DriverTests {
    struct OneProfile: ProfileSource {
        let profile: DeviceProfile
        func profile(_ reference: String) async throws(DriverError) -> any VariableProfile {
            guard reference == profile.id else { throw .configuration("there is no profile \(reference)") }
            return FixedProfile(profile)
        }
    }

    static func problem(
        profile: String = "test.box", address: String = "127.0.0.1:1", unit: Int? = nil, needs: [String] = []
    ) async -> String? {
        let driver = ModbusProfileDriver(
            profiles: OneProfile(profile: Box.profile { $0.needs = needs }), buses: BusPool())
        let device = DeviceConfiguration(id: "garage", profile: profile, address: address, unit: unit)
        let context = DriverContext(clock: SystemClock(), store: MemoryDriverStore())
        do throws(DriverError) {
            await (try driver.open(device, context: context)).close(.leave)
            return nil
        } catch {
            if case .configuration(let text) = error { return text }
            return "\(error)"
        }
    }

    @Test func whatCannotBeRightIsSaidAtOnce() async {
        #expect(await Self.problem() == nil)
        #expect(await Self.problem(profile: "test.other") == "there is no profile test.other")
        #expect(await Self.problem(address: "/dev/ttyUSB0,9600,8,n,1", unit: 255)?.contains("unit 255") == true)
        #expect(await Self.problem(unit: 256)?.contains("0 to 255") == true)
        #expect(await Self.problem(address: "ocpp://GARAGE")?.contains("no Modbus address") == true)
        #expect(await Self.problem(needs: ["sunspec"])?.contains("sunspec") == true)
    }
}
