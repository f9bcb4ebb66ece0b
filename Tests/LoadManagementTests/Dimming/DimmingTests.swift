import LoadManagement
import Testing

/// The shared minimum of controllable devices (BK6-22-300, annex 1, 4.5.2). Powers are milliwatts.
struct DimmingTests {
    /// 4.2 kW + (n − 1) · factor · 4.2 kW, calculated by hand.
    @Test(arguments: [
        (0, 0), (1, 4_200_000), (2, 7_560_000), (3, 10_500_000), (4, 13_020_000), (5, 15_120_000), (6, 16_800_000),
        (7, 18_060_000), (8, 18_900_000), (9, 19_320_000), (10, 21_210_000),
    ]) func chargersShareByTheFactorOfSimultaneity(_ count: Int, _ power: Int) {
        #expect(Dimming.power(Dimming.Devices(chargersAndStorages: count)) == power)
    }

    /// 0.4 · 14 kW + 5 · 0.6 · 4.2 kW = 18.2 kW.
    @Test func aLargeHeatPumpCountsWithItsShare() {
        let devices = Dimming.Devices(chargersAndStorages: 5, heatPumps: [14_000_000])
        #expect(Dimming.power(devices) == 18_200_000)
    }

    /// The larger of 0.4 · 12 kW and 0.4 · 16 kW, and 2 · 0.75 · 4.2 kW.
    @Test func theLargerOfHeatPumpsAndAirConditionersCounts() {
        let devices = Dimming.Devices(
            chargersAndStorages: 1, heatPumps: [12_000_000], airConditioners: [16_000_000])
        #expect(Dimming.power(devices) == 12_700_000)
    }

    @Test func aSmallHeatPumpCountsLikeAnyDevice() {
        #expect(Dimming.power(Dimming.Devices(chargersAndStorages: 1, heatPumps: [11_000_000])) == 7_560_000)
        #expect(Dimming.power(heatPumpOrAirConditioner: 11_000_000) == 4_200_000)
        #expect(Dimming.power(heatPumpOrAirConditioner: 20_000_000) == 8_000_000)
    }

    @Test func ownGenerationComesOnTop() {
        #expect(Dimming.allowed(4_200_000, surplus: 3_000_000) == 7_200_000)
        #expect(Dimming.allowed(4_200_000, surplus: -3_000_000) == 4_200_000)
    }
}
