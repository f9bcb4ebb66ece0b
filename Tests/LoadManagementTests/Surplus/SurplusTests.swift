import LoadManagement
import Testing

/// What is left of the site's own generation. Powers are milliwatts.
struct SurplusTests {
    @Test func feedInAndWhatTheBoxesDrawIsSurplus() {
        #expect(Surplus.power(grid: -3_000_000, boxes: 2_000_000) == 5_000_000)
        #expect(Surplus.power(grid: 1_000_000, boxes: 4_000_000) == 3_000_000)
        #expect(Surplus.power(grid: 1_000_000, boxes: 0) == -1_000_000)
    }

    @Test func withoutAGridMeterGenerationLessConsumptionIsSurplus() {
        #expect(Surplus.power(production: 5_000_000, consumption: 800_000) == 4_200_000)
    }

    @Test(arguments: [(false, 1_500_000), (true, 1_500_000)])
    func chargingABatteryIsNoLoad(_ isForCars: Bool, _ surplus: Int) {
        let storage = Surplus.Storage(charging: 1_000_000, isForCars: isForCars)
        #expect(Surplus.power(grid: -500_000, boxes: 0, storages: [storage]) == surplus)
        #expect(Surplus.power(production: 1_500_000, consumption: 0, storages: [storage]) == surplus)
    }

    /// 1 kW out of the battery, 500 W of it into the grid: the sun gives 500 W less than the house takes.
    @Test func dischargingABatteryOfTheHouseIsNoSurplus() {
        let home = Surplus.Storage(charging: -1_000_000, isForCars: false)
        #expect(Surplus.power(grid: -500_000, boxes: 0, storages: [home]) == -500_000)
        #expect(Surplus.power(production: 300_000, consumption: 800_000, storages: [home]) == -500_000)
    }

    @Test func dischargingABatteryForCarsIsSurplus() {
        let all = Surplus.Storage(charging: -1_000_000, isForCars: true)
        #expect(Surplus.power(grid: -500_000, boxes: 0, storages: [all]) == 500_000)
        #expect(Surplus.power(production: 300_000, consumption: 800_000, storages: [all]) == 500_000)
    }
}
