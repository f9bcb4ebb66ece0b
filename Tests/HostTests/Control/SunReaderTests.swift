import DriverAPI
import LoadManagement
import Testing

@testable import Host

/// What is left of a site's own generation.
@Suite struct SunReaderTests {
    private let start = MonotonicTime(seconds: 1000)

    private func device(
        _ id: String, _ role: SiteDevice.Role?, _ deviceClass: DeviceClass, power: Exact, mode: SiteBox.Mode = .fast,
        forCars: Bool = false
    ) -> DeviceState {
        var state = DeviceState(
            entry: SiteDevice(
                id: id, profile: "fake", address: "10.0.0.1", role: role, isForCars: forCars, box: SiteBox(mode: mode)),
            title: "", deviceClass: deviceClass)
        state.readings["power"] = Reading(point: "power", value: .number(power), quality: .good, time: start)
        return state
    }

    private func sun(_ states: [DeviceState]) -> SunReader { SunReader(states, [:], [:], at: start) }

    @Test func theGridsMeterCountsWhatSurplusBoxesDrawAlready() {
        let sun = self.sun([
            device("grid", .grid, .meter, power: -3000), device("a", nil, .wallbox, power: 2000, mode: .surplus),
            device("b", nil, .wallbox, power: 4000),
        ])
        #expect(sun.surplus == 5_000_000)
        #expect(sun.ownPower == 9_000_000)
    }

    @Test func withoutAGridMeterProductionLessConsumptionCounts() {
        let sun = self.sun([
            device("roof", .production, .meter, power: -6000), device("house", .consumption, .meter, power: 2500),
        ])
        #expect(sun.surplus == 3_500_000)
    }

    @Test func aBatteryHidesNoSurplusAndMakesNone() {
        let grid = device("grid", .grid, .meter, power: 0)
        #expect(sun([grid, device("battery", .storage, .battery, power: 2000)]).surplus == 2_000_000)
        #expect(sun([grid, device("battery", .storage, .battery, power: -2000)]).surplus == -2_000_000)
        #expect(sun([grid, device("battery", .storage, .battery, power: -2000, forCars: true)]).surplus == 0)
    }

    @Test func nobodyKnowsWithoutAMeter() {
        #expect(sun([device("a", nil, .wallbox, power: 2000, mode: .surplus)]).surplus == nil)
    }

    @Test func anOldReadingDoesNotCount() {
        let states = [device("grid", .grid, .meter, power: -3000)]
        #expect(SunReader(states, [:], [:], at: start.advanced(by: .seconds(61))).surplus == nil)
    }
}
