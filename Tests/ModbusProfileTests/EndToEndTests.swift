import DeviceProfiles
import DriverAPI
import Modbus
import Simulator
import Testing

@testable import ModbusProfile

/// The driver over real Modbus TCP on loopback, with devices made out of the same profile.
struct EndToEndTests {
    static let text = """
        schema: profile/1
        id: test.tcp-box
        version: 1.0.0
        class: wallbox
        title: Box on TCP
        products: [{brand: Test, model: Box}]
        license: Apache-2.0
        sources: [{kind: measured, title: made for this test}]
        link: {tcp: {port: 502}, unit: {default: 7}}
        modbus: {addressing: {base: 0}}
        identify:
          safe: true
          match: [{read: holding, at: 50, words: [0xCAFE], score: 100}]
          accept: 100
          facts: {serial: {at: 51}}
        points:
          state: {at: 100, poll: fast, enum: {0: A, 1: B, 2: C, other: F}}
          current_limit:
            at: 101
            scale: 0.1
            poll: fast
            write: {fc: 6, persist: ram, range: [6 A, 16 A], verify: {after: 50 ms, within: 5 s}}
          charging_allowed: {at: 102, type: bool16, poll: fast, write: {fc: 6, persist: ram, verify: {after: 50 ms, within: 5 s}}}
        control:
          charge: {start: [current_limit, charging_allowed], stop: [charging_allowed], on_disconnect: stop}
        keepalive: {satisfied_by: any-transaction, deadline: 60 s, device_then: {limits_to: 6 A}}
        fixtures:
          plugged:
            origin: synthetic
            holding: {50: [0xCAFE, 4711], 100: [1, 160, 0]}
        tests:
          - {name: values, given: plugged, expect: {state: B, current_limit: 16 A}}
        """

    struct Library: ProfileSource {
        let document: ProfileDocument
        func profile(_ reference: String) async throws(DriverError) -> any VariableProfile { document }
    }

    static func document() throws -> ProfileDocument {
        let load = ProfileDocument.load(Array(text.utf8), file: "test.tcp-box.yaml")
        #expect(load.errors == [])
        return try #require(load.document)
    }

    @Test func aBoxOnTheNetworkIsFoundGovernedAndLeft() async throws {
        let document = try Self.document()
        let box = try SimulatedDevice(document, fixture: "plugged", options: [:], start: SystemClock().now)
        let server = try SimulatorServer()
        defer { server.close() }
        let listener = try server.serve([7: box], port: 0)
        let buses = BusPool()
        let driver = ModbusProfileDriver(profiles: Library(document: document), buses: buses)
        let device = try await driver.open(
            .init(id: "garage", profile: "test.tcp-box", address: "127.0.0.1:\(listener.port)"),
            context: DriverContext(clock: SystemClock(), store: MemoryDriverStore()))

        var description: DeviceDescription?
        for await update in device.updates {
            if case .described(let found) = update {
                description = found
                break
            }
        }
        #expect(description?.identity == ["serial": "4711"])
        #expect(description?.charging?.maximum == 16)
        #expect(description?.charging?.watchdog == .falls(to: 6, after: .seconds(60)))

        let started = try await device.apply(.charge(.current(10)))
        #expect(started == CommandOutcome(told: 10, frames: ["06 0065 0064", "06 0066 0001"], verified: true))
        #expect(box.words(.holding, 101..<103, at: SystemClock().now) == [100, 1])
        let readings = try await device.read(["current_limit", "state"])
        #expect(readings.first?.value == .number(10))
        await device.close(.asConfigured)
        #expect(box.words(.holding, 102..<103, at: SystemClock().now) == [0])
        #expect(buses.all.isEmpty)
    }

    @Test func twentyFiveBoxesOnOneAddressAreServedTogether() async throws {
        let document = try Self.document()
        let server = try SimulatorServer()
        defer { server.close() }
        var units: [UInt8: SimulatedDevice] = [:]
        for unit in 1...25 {
            units[UInt8(unit)] = try SimulatedDevice(
                document, fixture: "plugged", options: [:], start: SystemClock().now)
        }
        let listener = try server.serve(units, port: 0)
        let driver = ModbusProfileDriver(profiles: Library(document: document), buses: BusPool())
        try await withThrowingTaskGroup { group in
            for unit in 1...25 {
                group.addTask {
                    let device = try await driver.open(
                        .init(
                            id: "box \(unit)", profile: "test.tcp-box", address: "127.0.0.1:\(listener.port)",
                            unit: unit),
                        context: DriverContext(clock: SystemClock(), store: MemoryDriverStore()))
                    let outcome = try await device.apply(.charge(.current(Exact(6 + unit % 10))))
                    await device.close(.leave)
                    return (unit, outcome.told)
                }
            }
            for try await (unit, told) in group { #expect(told == Exact(6 + unit % 10)) }
        }
        for unit in 1...25 {
            let words = units[UInt8(unit)]?.words(.holding, 101..<103, at: SystemClock().now)
            #expect(words == [UInt16(60 + 10 * (unit % 10)), 1])
        }
    }
}
