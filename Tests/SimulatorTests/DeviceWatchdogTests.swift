import DeviceProfiles
import DriverAPI
import Testing

@testable import Simulator

@Suite struct DeviceWatchdogTests {
    @Test func theBoxFallsBackToItsCurrentAfterTheDeadline() {
        let box = SimulatedDevice(profile: Make.powerBrain, fixture: Make.charging)
        _ = box.writes(6, 8093, [100], at: 10)
        #expect(box.number("current_offered", at: 309.9) == 10)
        #expect(box.number("current_offered", at: 310) == 6)
        #expect(box.number("current.l1", at: 315) == 6)
    }

    @Test func readsCountAsASignOfLife() {
        let box = SimulatedDevice(profile: Make.powerBrain, fixture: Make.charging)
        _ = box.writes(6, 8093, [100], at: 10)
        _ = box.reads(8092, at: 200)
        #expect(box.number("current_offered", at: 499) == 10)
        #expect(box.number("current_offered", at: 500) == 6)
    }

    @Test func theNextSignOfLifeBringsBackWhatWasTold() {
        let box = SimulatedDevice(profile: Make.powerBrain, fixture: Make.charging)
        _ = box.writes(6, 8093, [100], at: 10)
        #expect(box.hasFallenBack(at: Make.seconds(400)))
        _ = box.reads(8092, at: 401)
        #expect(!box.hasFallenBack(at: Make.seconds(402)))
        #expect(box.number("current_offered", at: 402) == 10)
    }

    @Test func aFallBackOfZeroAmperesStopsTheCar() {
        let box = SimulatedDevice(profile: Make.powerBrain, fixture: Make.charging)
        _ = box.writes(6, 8085, [0], at: 1)
        #expect(box.state(at: 310) == "B")
    }

    @Test func aTimeOfZeroSwitchesTheWatchdogOff() {
        let box = SimulatedDevice(profile: Make.powerBrain, fixture: Make.charging)
        _ = box.writes(16, 8083, [0, 0], at: 1)
        _ = box.writes(6, 8093, [100], at: 1)
        #expect(box.number("current_offered", at: 100_000) == 10)
    }

    @Test func onlyTheTokenSatisfiesABoxThatWantsOne() {
        var profile = Make.powerBrain
        profile.keepAlive = KeepAlive(
            satisfiedBy: .token, token: .init(point: "charging_allowed"), deadline: .fixed(.seconds(30)),
            deviceThen: .stops)
        let box = SimulatedDevice(profile: profile, fixture: Make.charging)
        _ = box.writes(6, 8093, [100], at: 20)
        #expect(box.state(at: 29) == "C")
        #expect(box.number("current_offered", at: 30) == 0)
        _ = box.writes(6, 8094, [1], at: 40)
        #expect(box.number("current_offered", at: 69.9) == 10)
        #expect(box.number("current_offered", at: 70) == 0)
    }

    @Test func aSilentBoxHearsNothingAndFallsBack() {
        let box = SimulatedDevice(profile: Make.powerBrain, fixture: Make.charging)
        _ = box.writes(6, 8093, [100], at: 10)
        var faults = DeviceFaults()
        faults.isSilent = true
        box.setFaults(faults, at: Make.seconds(20))
        _ = box.reads(8092, at: 200)
        #expect(box.number("current_offered", at: 310) == 6)
    }

    @Test func theLongestTimeARegisterHoldsIsAsGoodAsNever() {
        var profile = Make.powerBrain
        let seconds = Make.rule(.number(.s), unit: .s)
        profile.points.append(Make.point("x_wide", at: 8100, type: .u64, seconds))
        profile = DeviceProfile(
            id: profile.id, version: [1], deviceClass: .wallbox, title: profile.title, modbus: profile.modbus,
            points: profile.points, control: profile.control,
            keepAlive: KeepAlive(
                satisfiedBy: .anyTransaction, deadline: .point("x_wide", zeroMeansNever: true, assume: .seconds(1)),
                deviceThen: .stops))
        var fixture = Make.charging
        fixture.words[.holding]?.merge([8100: 0xFFFF, 8101: 0xFFFF, 8102: 0xFFFF, 8103: 0xFFFF]) { $1 }
        let box = SimulatedDevice(profile: profile, fixture: fixture, start: Make.seconds(1_000_000))
        #expect(box.state(at: 100_000_000) == "C")
    }
}
