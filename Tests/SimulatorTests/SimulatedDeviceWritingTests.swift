import DeviceProfiles
import DriverAPI
import ReadPlanning
import Testing

@testable import Simulator

@Suite struct SimulatedDeviceWritingTests {
    let box = SimulatedDevice(profile: Make.powerBrain, fixture: Make.charging)

    @Test func theOfferFollowsTheLimitAtOnce() {
        #expect(box.writes(6, 8093, [100], at: 1) == .written)
        #expect(box.number("current_offered", at: 1) == 10)
    }

    @Test func anotherFunctionThanTheProfileSaysIsException1() {
        #expect(box.writes(16, 8093, [100], at: 1) == .exception(1))
        #expect(box.writes(6, 8083, [1], at: 1) == .exception(2))
        #expect(box.number("current_limit", at: 1) == 16)
    }

    @Test func addressesThatNoPointWritesAreException2() {
        #expect(box.writes(6, 8092, [0], at: 1) == .exception(2))
        #expect(box.writes(6, 9000, [0], at: 1) == .exception(2))
        #expect(box.writes(5, 8093, [1], at: 1) == .exception(1))
    }

    @Test func whatIsInRAMIsLostAtARestartAndFlashIsKept() {
        _ = box.writes(6, 8093, [100], at: 1)
        _ = box.writes(6, 8085, [80], at: 1)
        box.restart(at: Make.seconds(2))
        #expect(box.reads(8093, at: 4) == .silence)
        #expect(box.number("current_limit", at: 6) == 16)
        #expect(box.number("failsafe_current", at: 6) == 8)
        #expect(box.number("restarts", at: 6) == 8)
        #expect(box.reads(8120, 2, at: 6) == .words([0, 8]))
    }

    @Test func everyWriteToFlashIsCounted() {
        for _ in 0..<3 { _ = box.writes(6, 8085, [80], at: 1) }
        _ = box.writes(6, 8093, [100], at: 1)
        #expect(box.wear(of: "failsafe_current") == 3)
        #expect(box.wear(of: "current_limit") == 0)
    }

    @Test func aCommandInSecondsRunsDown() {
        _ = box.writes(6, 8086, [5], at: 10)
        #expect(box.reads(8086, at: 10) == .words([5]))
        #expect(box.reads(8086, at: 12.5) == .words([3]))
        #expect(box.reads(8086, at: 15) == .words([0]))
        #expect(box.reads(8086, at: 100) == .words([0]))
    }

    @Test func aWritePlaceApartFromTheReadPlaceShowsThere() {
        let keba = SimulatedDevice(profile: Make.keba, fixture: Make.kebaCharging)
        #expect(keba.writes(6, 5004, [10000], at: 1) == .written)
        #expect(keba.reads(1100, 2, at: 1) == .words([0, 10000]))
    }

    @Test func aStateOfSeveralRegistersComesOutRight() {
        let keba = SimulatedDevice(profile: Make.keba, fixture: Make.kebaCharging)
        #expect(keba.writes(6, 5014, [0], at: 1) == .written)
        #expect(keba.state(at: 6) == "B")
        #expect(keba.value(of: "charging_allowed", at: Make.seconds(6))?.value == .bool(false))
        #expect(keba.number("current.l1", at: 6) == 0)
        keba.connect(nil, at: Make.seconds(7))
        #expect(keba.state(at: 7) == "A")
        #expect(keba.reads(1004, 2, at: 7) == .words([0, 3]))
        _ = keba.writes(6, 5014, [1], at: 8)
        keba.connect(SimulatedCar(), at: Make.seconds(9))
        #expect(keba.state(at: 14) == "C")
        #expect(keba.number("current.l1", at: 14) == 16)
    }
}
