import DriverAPI
import Testing

@testable import Host

/// Where power comes from and goes to, by the sign rule: positive flows into the device.
@Suite struct PowerBalanceTests {
    @Test func theHouseIsWhatIsLeft() {
        let balance = PowerBalance([
            .online("grid", .meter, role: .grid, ["power": 1000]), .online("roof", .inverter, ["power": -5000]),
            .online("store", .battery, ["power": 800]), .online("a", .wallbox, ["power": 3680]),
            .online("b", .wallbox, ["power": 0]),
        ])
        #expect(balance.grid_w == 1000)
        #expect(balance.production_w == 5000)
        #expect(balance.storage_w == 800)
        #expect(balance.evse_w == 3680)
        // 1000 from the grid + 5000 from the sun - 800 into the battery - 3680 into the boxes.
        #expect(balance.house_w == 1520)
    }

    @Test func aProductionMeterCountsWhicheverWayItIsWired() {
        for watts in [Exact(2500), -2500] {
            #expect(PowerBalance([.online("sun", .meter, role: .production, ["power": watts])]).production_w == 2500)
        }
    }

    @Test func theHouseIsUnknownWhileAPartOfItIs() {
        let balance = PowerBalance([
            .online("grid", .meter, role: .grid, ["power": 1000]), .online("a", .wallbox, ["power": 500]),
            .online("b", .wallbox, [:]),
        ])
        #expect(balance.house_w == nil)
        #expect(balance.evse_w == 500)
        #expect(PowerBalance([]).grid_w == nil)
    }

    @Test func aBoxThatLeavesAndABoxesOwnMeterDoNotCountTwice() {
        var leaving = DeviceState.online("b", .wallbox, ["power": 7000])
        leaving.isLeaving = true
        let balance = PowerBalance([
            .online("a", .wallbox, ["power": 500]), leaving,
            .online("m", .meter, role: .box, ["power": 500]),
        ])
        #expect(balance.evse_w == 500)
    }
}
