import DeviceProfiles
import ReadPlanning
import Testing

@testable import Simulator

@Suite struct SimulatedDeviceReadingTests {
    let box = SimulatedDevice(profile: Make.powerBrain, fixture: Make.charging)

    @Test func registersReadAsTheFixtureHasThem() {
        #expect(box.reads(8092, 4) == .words([2, 160, 1, 160]))
    }

    @Test func registersInsideAnIslandThatTheFixtureDoesNotNameAreZero() {
        #expect(box.reads(8096, 2) == .words([0, 0]))
    }

    @Test func readsOutsideTheIslandsAreException2() {
        #expect(box.reads(8089) == .exception(2))
        #expect(box.reads(8088, 4) == .exception(2))
        #expect(box.reads(8113, 2) == .exception(2))
    }

    @Test func moreThanTheLimitIsException3() {
        #expect(box.reads(8080, 33) == .exception(3))
        #expect(box.reads(8092, 0) == .exception(3))
    }

    @Test func functionsTheDeviceDoesNotKnowAreException1() {
        #expect(box.reads(8092, 1, function: 4) == .exception(1))
        #expect(box.reads(8092, 1, function: 1) == .exception(1))
    }

    @Test func refusedAddressesGiveTheirCode() {
        box.refuse([.holding: [8095: 4]], at: .zero)
        #expect(box.reads(8093, 2) == .words([160, 1]))
        #expect(box.reads(8093, 3) == .exception(4))
    }

    @Test func aWholeIslandAnswersOnlyWhenReadExactly() {
        var profile = Make.powerBrain
        profile.modbus.constraints.whole = [.holding: [8092...8095]]
        let box = SimulatedDevice(profile: profile, fixture: Make.charging)
        #expect(box.reads(8092, 4) == .words([2, 160, 1, 160]))
        #expect(box.reads(8092, 3) == .exception(2))
        #expect(box.reads(8092, 5) == .exception(2))
        #expect(box.reads(8096, 1) == .words([0]))
    }

    @Test func aDeviceThatMergesNothingAnswersOneValuePerRequest() {
        let box = SimulatedDevice(profile: Make.keba, fixture: Make.kebaCharging)
        #expect(box.reads(1000, 2) == .words([0, 3]))
        #expect(box.reads(1000, 1) == .exception(2))
        #expect(box.reads(1000, 6) == .exception(2))
        #expect(box.reads(1008, 2) == .words([0, 16000]))
    }

    @Test func aSilentFixtureAnswersNothing() {
        var fixture = Make.charging
        fixture.silent = true
        #expect(SimulatedDevice(profile: Make.powerBrain, fixture: fixture).reads(8092) == .silence)
    }

    @Test func aTornImageChangesInTheMiddleOfTheNextReadThatTouchesIt() {
        box.change([.holding: Make.words([8064: [1, 2, 3, 4]])], torn: true, at: .zero)
        #expect(box.reads(8092, 1) == .words([2]))
        #expect(box.reads(8064, 4) == .words([0, 160, 3, 4]))
        #expect(box.reads(8064, 4) == .words([1, 2, 3, 4]))
    }

    @Test func oneFunctionMayServeTwoTables() {
        var profile = Make.powerBrain
        profile.modbus.constraints.readFunction = [.input: 3]
        profile.modbus.constraints.readable[.input] = [100...101]
        var fixture = Make.charging
        fixture.words[.input] = [100: 7]
        let box = SimulatedDevice(profile: profile, fixture: fixture)
        #expect(box.reads(100, 2) == .words([7, 0]))
        #expect(box.reads(8092) == .words([2]))
        #expect(box.reads(100, 1, function: 4) == .exception(1))
    }

    @Test func lostAnswersAndBrokenConnectionsComeAsCounted() {
        var faults = DeviceFaults()
        faults.dropsEvery = 2
        faults.disconnectsEvery = 3
        box.setFaults(faults, at: .zero)
        let answers = (1...4).map { _ in box.reads(8092) }
        #expect(answers == [.words([2]), .silence, .disconnect, .silence])
    }
}
