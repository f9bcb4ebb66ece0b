import DeviceProfiles
import DriverAPI
import Testing

@testable import Simulator

@Suite struct SimulatedCarTests {
    let box = SimulatedDevice(profile: Make.powerBrain, fixture: Make.charging)

    @Test func theCarFollowsANewLimitWithinFiveSeconds() {
        _ = box.writes(6, 8093, [100], at: 1)
        let early = box.number("current.l1", at: 2)
        #expect(early.map { $0 > 10 && $0 < 16 } == true)
        #expect(box.number("current.l1", at: 6) == 10)
        #expect(box.number("current.l3", at: 6) == 10)
        #expect(box.number("power", at: 6) == 6900)
    }

    @Test func theSlowestCarTakesFiveSecondsAndNoMore() {
        box.connect(SimulatedCar(response: .seconds(60)), at: Make.seconds(0))
        _ = box.writes(6, 8093, [100], at: 1)
        #expect(box.number("current.l1", at: 5.9).map { $0 > 10 } == true)
        #expect(box.number("current.l1", at: 6) == 10)
    }

    @Test func withoutPermissionTheCarStopsAndWaitsInB() {
        _ = box.writes(6, 8094, [0], at: 1)
        #expect(box.state(at: 1) == "C")
        #expect(box.state(at: 6) == "B")
        #expect(box.number("current.l2", at: 6) == 0)
        #expect(box.number("current_offered", at: 6) == 0)
    }

    @Test func belowSixAmperesNothingIsOffered() {
        _ = box.writes(6, 8093, [59], at: 1)
        #expect(box.number("current_offered", at: 6) == 0)
        #expect(box.state(at: 6) == "B")
    }

    @Test func theOfferNeverPassesTheTopOfTheRange() {
        _ = box.writes(6, 8093, [320], at: 1)
        #expect(box.number("current_offered", at: 1) == 16)
    }

    @Test func aCarOnOnePhaseDrawsOnL1Only() {
        box.connect(nil, at: .zero)
        #expect(box.state(at: 0) == "A")
        box.connect(SimulatedCar(maximum: 10_000, phases: 1), at: Make.seconds(1))
        #expect(box.number("current.l1", at: 6) == 10)
        #expect(box.number("current.l2", at: 6) == 0)
        #expect(box.number("power", at: 6) == 2300)
    }

    @Test func energyIsTheSumOfThePower() {
        _ = box.writes(16, 8083, [0, 0], at: 0)
        box.connect(nil, at: .zero)
        box.connect(SimulatedCar(maximum: 10_000), at: Make.seconds(0))
        // Three phases of 230 V and 10 A: 6900 W; the first 3 s on a straight line from 0 count half. 1 h less 1.5 s.
        #expect(box.number("energy_total", at: 3600) == 1_241_464)
    }

    @Test func aFullCarStopsByItself() {
        box.connect(nil, at: .zero)
        box.connect(SimulatedCar(wanted: 100), at: Make.seconds(0))
        #expect(box.state(at: 20) == "C")
        _ = box.number("energy_total", at: 60)
        #expect(box.state(at: 66) == "B")
    }

    @Test func nothingChangesUntilSomethingHappens() {
        #expect(box.number("energy_total", at: 200) == 1_234_567)
        #expect(box.number("current.l2", at: 200) == Exact(159, over: 10))
    }
}
