import DriverAPI
import Modbus
import ReadPlanning
import Testing

@testable import Host

/// The registers of a wallbox as the vendor's table lists them.
@Suite struct WallboxRegistersTests {
    private let start = MonotonicTime(seconds: 100)

    private func registers(_ settings: PowerBrainSettings = PowerBrainSettings()) -> WallboxRegisters {
        let identity = PowerBrainIdentity(device: .wallbox, id: "garage", serial: "CH0123456789ABCD", unit: 1)
        var block = WallboxRegisters(identity, settings, at: start)
        block.box = charging
        return block
    }

    /// A box of 16 A that charges on three phases with 11 040 W.
    private var charging: WallboxState {
        var box = WallboxState()
        box.isOnline = true
        box.state = 2
        box.meter = .init(power: 11040, energy: 1_234_567, currents: [160, 159, 161])
        box.cable = 320
        box.offered = 160
        box.followed = 160
        box.rated = 160
        box.fallback = .falls(seconds: 300, current: 60)
        box.cardID = "04A1B2C3"
        box.cardCount = 3
        box.wakes = true
        box.switchesPhases = true
        return box
    }

    private func read(
        _ block: inout WallboxRegisters, _ address: UInt16, _ count: UInt16, at now: MonotonicTime? = nil
    ) throws -> [UInt16] {
        block.noteTraffic(at: now ?? start)
        return try block.carryOut(.read(ReadRequest(.holding, at: address, count: count)), at: now ?? start)
    }

    private func write(
        _ block: inout WallboxRegisters, _ address: UInt16, _ words: [UInt16], at now: MonotonicTime? = nil
    ) throws {
        block.noteTraffic(at: now ?? start)
        let function: UInt8 = words.count == 1 ? 6 : 16
        _ = try block.carryOut(
            .write(WriteRequest(function: function, address: address, words: words)), at: now ?? start)
    }

    @Test func itIsKnownAsAPowerBrainAndNamesItselfChargehost() throws {
        var block = registers()
        #expect(try read(&block, 8000, 8) == [0xCF05, 0, 1, 0x0100, 0x0001, 0, 0x0100, 0])
        // "CH01…" and "chargehost garage", two characters a register, the high byte first, filled with zeros.
        #expect(try read(&block, 8008, 2) == [0x4348, 0x3031])
        #expect(
            try read(&block, 8016, 16)
                == [
                    0x6368, 0x6172, 0x6765, 0x686F, 0x7374, 0x2067, 0x6172, 0x6167, 0x6500, 0, 0, 0, 0, 0, 0, 0,
                ])
        #expect(try read(&block, 8040, 1) == [1])
    }

    @Test func everyLiveValueStandsWhereTheTableSays() throws {
        var block = registers()
        // 1 234 567 = 0x12 D687; 11 040 W; 16.0, 15.9 and 16.1 A.
        #expect(
            try read(&block, 8057, 13) == [1, 0, 0, 0x12, 0xD687, 0, 11040, 0, 160, 0, 159, 0, 161])
        // Defaults: fixed 0, limit of the box, enabled, 300 s, 6 A; no wake-up, three phases, no second relay.
        #expect(try read(&block, 8080, 9) == [0, 160, 1, 0, 300, 60, 0, 0, 0])
        #expect(try read(&block, 8090, 6) == [320, 0, 2, 160, 1, 160])
        #expect(try read(&block, 8096, 5) == [0x3034, 0x4131, 0x4232, 0x4333, 0])
        // Three cards, a meter, bits 8 (phases may be switched) and 9 (bit 10 is valid).
        #expect(try read(&block, 8111, 3) == [3, 1, 0x0300])
        #expect(try read(&block, 8120, 2) == [0, 0])
    }

    @Test(arguments: [
        (7999, 1), (8032, 1), (8039, 1), (8041, 1), (8056, 1), (8070, 1), (8079, 1), (8089, 1), (8114, 1), (8119, 1),
        (8122, 1), (8023, 10), (8031, 2), (8088, 3), (8057, 14), (0, 1), (65535, 1),
    ])
    func aReadThatTouchesAGapIsRefused(_ address: UInt16, _ count: UInt16) {
        var block = registers()
        #expect(throws: ModbusException.illegalDataAddress) { try read(&block, address, count) }
    }

    @Test func aPartOfAValueIsReadButNotWritten() throws {
        var block = registers()
        #expect(try read(&block, 8063, 1) == [11040])
        #expect(throws: ModbusException.illegalDataAddress) { try write(&block, 8083, [0]) }
        #expect(throws: ModbusException.illegalDataAddress) { try write(&block, 8084, [60]) }
        try write(&block, 8083, [0, 60])
        #expect(try read(&block, 8083, 2) == [0, 60])
    }

    @Test(arguments: [8000, 8002, 8003, 8004, 8005, 8006, 8007, 8008, 8016, 8057, 8058, 8090, 8092, 8095, 8096, 8111])
    func whatCanOnlyBeReadIsNotWritten(_ address: UInt16) {
        var block = registers()
        #expect(throws: ModbusException.illegalDataAddress) { try write(&block, address, [1]) }
    }

    @Test(arguments: [
        (8093, 59), (8093, 631), (8093, 0), (8094, 2), (8081, 59), (8082, 2), (8085, 59), (8085, 631), (8091, 10),
        (8080, 700), (8087, 2), (8088, 2), (8040, 0), (8040, 248), (8086, 601),
    ])
    func aValueThatCannotBeIsRefused(_ address: UInt16, _ value: UInt16) {
        var block = registers()
        #expect(throws: ModbusException.illegalDataValue) { try write(&block, address, [value]) }
    }

    @Test func ofSeveralValuesNoneIsTakenWhereOneIsRefused() throws {
        var block = registers()
        #expect(throws: ModbusException.illegalDataValue) { try write(&block, 8093, [100, 7]) }
        #expect(try read(&block, 8093, 2) == [160, 1])
        #expect(block.order == nil)
    }

    @Test func whatTheBoxCannotDoIsADeviceFailure() throws {
        var block = registers()
        #expect(throws: ModbusException.deviceFailure) { try write(&block, 8088, [1]) }
        block.box.wakes = false
        block.box.switchesPhases = false
        #expect(throws: ModbusException.deviceFailure) { try write(&block, 8086, [5]) }
        #expect(throws: ModbusException.deviceFailure) { try write(&block, 8087, [1]) }
        try write(&block, 8086, [0])
        try write(&block, 8087, [0])
        #expect(block.takeRequests() == [])
    }

    @Test func aBoxThatDoesNotAnswerIsADeviceFailure() throws {
        var block = registers()
        block.box.isOnline = false
        for address: UInt16 in [8057, 8058, 8062, 8064, 8087, 8090, 8092, 8093, 8094, 8095, 8096, 8111] {
            #expect(throws: ModbusException.deviceFailure) { try read(&block, address, 1) }
        }
        // What is this host's own can be read, and a limit is taken for when the box is back.
        #expect(try read(&block, 8000, 2) == [0xCF05, 0])
        #expect(try read(&block, 8085, 1) == [60])
        try write(&block, 8093, [80])
        #expect(block.order == 8000)
    }

    @Test func withoutAMeterItsRegistersAreNotThere() throws {
        var block = registers()
        block.box.meter = nil
        #expect(try read(&block, 8112, 1) == [0])
        #expect(throws: ModbusException.illegalDataAddress) { try read(&block, 8062, 2) }
        block.box.meter = .init()
        // -1 is "unknown" in the vendor's own example.
        #expect(try read(&block, 8062, 2) == [0xFFFF, 0xFFFF])
        #expect(try read(&block, 8057, 1) == [0])
    }

    @Test func onlyFunctions3And6And16Exist() throws {
        var block = registers()
        #expect(throws: ModbusException.illegalFunction) {
            try block.carryOut(.read(ReadRequest(.input, at: 8000, count: 1)), at: start)
        }
        #expect(throws: ModbusException.illegalFunction) {
            try block.carryOut(.write(WriteRequest(function: 5, address: 8094, words: [1])), at: start)
        }
    }

    @Test func nobodyIsBoundByAMasterThatOnlyReads() throws {
        var block = registers()
        _ = try read(&block, 8092, 4)
        block.advance(to: start.advanced(by: .seconds(100_000)))
        #expect(block.order == nil)
    }

    @Test func theOrderIsTheLeastOfLimitAndFixedCurrentAndNothingWhileDisabled() throws {
        var block = registers()
        try write(&block, 8093, [120])
        #expect(block.order == 12_000)
        try write(&block, 8091, [100])
        #expect(block.order == 10_000)
        try write(&block, 8094, [0])
        #expect(block.order == 0)
        try write(&block, 8094, [1])
        try write(&block, 8091, [0])
        #expect(block.order == 12_000)
    }

    @Test func aMasterThatDiesLeavesTheFailSafeCurrent() throws {
        var block = registers()
        try write(&block, 8093, [160])
        try write(&block, 8083, [0, 60])
        block.advance(to: start.advanced(by: .milliseconds(59_999)))
        #expect(block.order == 16_000)
        block.advance(to: start.advanced(by: .seconds(60)))
        #expect(block.order == 6000)
        // The registers say so, so that a master that comes back sees it and orders anew.
        block.box.followed = 60
        #expect(try read(&block, 8093, 2, at: start.advanced(by: .seconds(61))) == [60, 1])
        try write(&block, 8093, [160], at: start.advanced(by: .seconds(62)))
        #expect(block.order == 16_000)
    }

    @Test func readingAloneKeepsTheFailSafeOff() throws {
        var block = registers()
        try write(&block, 8093, [160])
        for second in stride(from: 0, through: 3000, by: 299) {
            _ = try read(&block, 8000, 1, at: start.advanced(by: .seconds(second)))
        }
        #expect(block.order == 16_000)
    }

    @Test func theFailSafeNeverRaisesAndNeverStarts() throws {
        var block = registers()
        try write(&block, 8085, [120])
        try write(&block, 8093, [80])
        block.advance(to: start.advanced(by: .seconds(400)))
        #expect(block.order == 8000)
        try write(&block, 8094, [0], at: start.advanced(by: .seconds(401)))
        block.advance(to: start.advanced(by: .seconds(900)))
        #expect(block.order == 0)
    }

    @Test func aFailSafeOf0AStops() throws {
        var block = registers()
        try write(&block, 8085, [0])
        try write(&block, 8093, [80])
        block.advance(to: start.advanced(by: .seconds(300)))
        #expect(block.order == 0)
    }

    @Test func aFailSafeThatNoMasterSetIsThatOfTheBox() throws {
        var block = registers()
        block.box.fallback = .falls(seconds: 300, current: 120)
        #expect(try read(&block, 8085, 1) == [120])
        try write(&block, 8093, [160])
        block.advance(to: start.advanced(by: .seconds(300)))
        #expect(block.order == 12_000)
    }

    @Test func aDurationOf0SwitchesTheFailSafeOff() throws {
        var block = registers()
        try write(&block, 8083, [0, 0])
        try write(&block, 8093, [80])
        block.advance(to: start.advanced(by: .seconds(1_000_000)))
        #expect(block.order == 8000)
    }

    @Test func flashRegistersSurviveARestartAndOthersDoNot() throws {
        var block = registers()
        try write(&block, 8080, [130])
        try write(&block, 8081, [140])
        try write(&block, 8082, [0])
        try write(&block, 8083, [0, 90])
        try write(&block, 8085, [70])
        try write(&block, 8120, [0, 5])
        try write(&block, 8091, [100])
        try write(&block, 8093, [110])
        try write(&block, 8094, [1])
        var after = registers(block.settings)
        #expect(try read(&after, 8080, 3) == [130, 140, 0])
        #expect(after.settings.failSafeDuration == 90)
        #expect(after.settings.failSafeCurrent == 70)
        #expect(try read(&after, 8120, 2) == [0, 5])
        // The boot defaults.
        after.box.followed = 0
        #expect(try read(&after, 8091, 1) == [130])
        #expect(try read(&after, 8093, 2) == [140, 0])
    }

    @Test func anOrderBindsAfterARestartUntilItsMasterIsHeardAgain() throws {
        var block = registers()
        try write(&block, 8093, [80])
        var after = registers(block.settings)
        #expect(after.order == 8000)
        // Reading does not release it.
        _ = try read(&after, 8092, 4)
        #expect(after.order == 8000)
        try write(&after, 8093, [120])
        #expect(after.order == 12_000)
    }

    @Test func aBoxThatDoesNotFollowIsShownAsItIs() throws {
        var block = registers()
        try write(&block, 8093, [60])
        #expect(try read(&block, 8093, 2) == [60, 1])
        // It had its time.
        let late = start.advanced(by: .seconds(4))
        #expect(try read(&block, 8093, 2, at: late) == [160, 1])
        block.box.followed = 60
        #expect(try read(&block, 8093, 2, at: late) == [60, 1])
        try write(&block, 8094, [0], at: late)
        #expect(try read(&block, 8094, 1, at: late.advanced(by: .seconds(4))) == [1])
        block.box.followed = 0
        #expect(try read(&block, 8094, 1, at: late.advanced(by: .seconds(4))) == [0])
    }

    @Test func theFailSafeIsShownAsTheBoxWouldDoItWithoutThisHost() throws {
        var block = registers()
        block.box.fallback = .falls(seconds: 120, current: 90)
        try write(&block, 8083, [0, 60])
        try write(&block, 8085, [60])
        #expect(try read(&block, 8083, 3) == [0, 60, 60])
        let late = start.advanced(by: .seconds(20))
        #expect(try read(&block, 8083, 3, at: late) == [0, 120, 90])
        block.box.fallback = .never
        #expect(try read(&block, 8083, 2, at: late) == [0, 0])
    }

    @Test func theRestOfAWakeUpIsCountedDown() throws {
        var block = registers()
        try write(&block, 8086, [5])
        #expect(block.takeRequests() == [.wakeUp])
        #expect(try read(&block, 8086, 1) == [5])
        #expect(try read(&block, 8086, 1, at: start.advanced(by: .milliseconds(2500))) == [3])
        #expect(try read(&block, 8086, 1, at: start.advanced(by: .seconds(5))) == [0])
    }

    @Test func phasesAreAskedForOnce() throws {
        var block = registers()
        try write(&block, 8087, [1])
        #expect(block.takeRequests() == [.phases(1)])
        block.box.isOnePhase = true
        try write(&block, 8087, [1])
        #expect(block.takeRequests() == [])
        #expect(try read(&block, 8087, 1) == [1])
    }

    @Test func aUnitIdHoldsUntilTheSiteFileNamesAnother() throws {
        var block = registers()
        try write(&block, 8040, [7])
        #expect(block.settings.unit(insteadOf: 1) == 7)
        #expect(block.settings.unit(insteadOf: 3) == 3)
        #expect(try read(&block, 8040, 1) == [7])
    }
}
