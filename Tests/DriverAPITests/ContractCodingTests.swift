import Foundation
import Testing

@testable import DriverAPI

/// The contract crosses a process boundary: everything in it comes back as it was.
@Suite struct ContractCodingTests {
    private func back<T: Codable & Equatable>(_ value: T) throws -> T {
        try JSONDecoder().decode(T.self, from: JSONEncoder().encode(value))
    }

    @Test(arguments: [
        Command.charge(.current(10)), .charge(.power(7200)), .charge(.on), .charge(.off), .phases(.auto), .wakeUp,
        .lock(true), .display("Hello"), .set(point: "failsafe_timeout", value: .number(60)),
    ])
    func commands(_ command: Command) throws { #expect(try back(command) == command) }

    @Test(arguments: [
        Value.number(1), .bool(false), .text("a"), .member("C"), .flags(["x", "y"]), .version([1, 0, 7]),
    ])
    func readings(_ value: Value) throws {
        let reading = Reading(
            point: "power", value: value, unit: .W, quality: .noData, time: MonotonicTime(nanoseconds: 12))
        #expect(try back(reading) == reading)
    }

    @Test func descriptions() throws {
        let ability = ChargingAbility(maximum: 16, watchdog: .falls(to: 6, after: .seconds(300)))
        let description = DeviceDescription(
            deviceClass: .wallbox, identity: ["serial": "1"], points: ["state"], charging: ability)
        #expect(try back(description) == description)
    }

    @Test func errorsKeepTheirSentence() throws {
        let error = DriverError.unreachable("192.168.2.40 does not answer")
        #expect(try back(error) == error)
        #expect(error.description == "192.168.2.40 does not answer")
    }

    @Test func qualitiesAreOrderedFromGoodToAbsent() {
        #expect(Quality.allCases == Quality.allCases.sorted())
        #expect(Quality.suspect.isKnown)
        #expect(!Quality.stale.isKnown)
    }

    @Test func everyUnitConvertsInsideItsDimensionOnly() {
        for unit in Unit.allCases {
            #expect(unit.canonical.factor == 1)
            #expect(unit.canonical.dimension == unit.dimension)
        }
        #expect(Unit.kWh.factor == 1000)
        #expect(Unit.VA.dimension != Unit.W.dimension)
    }
}
