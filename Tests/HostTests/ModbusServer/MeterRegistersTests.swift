import DriverAPI
import Modbus
import ReadPlanning
import Testing

@testable import Host

/// The registers of an S0 meter as the vendor's table lists them.
@Suite struct MeterRegistersTests {
    private let now = MonotonicTime(seconds: 100)

    private func registers(_ settings: PowerBrainSettings = PowerBrainSettings()) -> MeterRegisters {
        let identity = PowerBrainIdentity(device: .meter, id: "attic", serial: "CH0123456789ABCD", unit: 2)
        var block = MeterRegisters(identity, settings)
        block.meter = MeterState(isOnline: true, power: 6900, energy: 12_345_500, currents: [100, -103, 95])
        return block
    }

    private func read(_ block: inout MeterRegisters, _ address: UInt16, _ count: UInt16) throws -> [UInt16] {
        try block.carryOut(.read(ReadRequest(.holding, at: address, count: count)), at: now)
    }

    private func write(_ block: inout MeterRegisters, _ address: UInt16, _ words: [UInt16]) throws {
        let function: UInt8 = words.count == 1 ? 6 : 16
        _ = try block.carryOut(.write(WriteRequest(function: function, address: address, words: words)), at: now)
    }

    @Test func everyValueStandsWhereTheTableSays() throws {
        var block = registers()
        #expect(try read(&block, 8000, 4) == [0xCF05, 0, 1, 0x0101])
        #expect(try read(&block, 8040, 8) == [2, 1, 0, 1000, 7, 230, 230, 230])
        // 12 345.5 kWh at 1000 pulses a kWh are 12 345 500 = 0xBC 609C pulses; 3 600 000 ms / 6900 = 521.7 ms apart.
        #expect(
            try read(&block, 8050, 20)
                == [0, 0, 0xBC, 0x609C, 0, 521, 0, 1, 0, 0, 0xBC, 0x609C, 0, 6900, 0, 100, 0xFFFF, 0xFF99, 0, 95])
    }

    @Test(arguments: [
        (8032, 1), (8039, 2), (8048, 1), (8049, 1), (8070, 1), (8071, 1), (8072, 1), (8119, 1), (8047, 2),
    ])
    func gapsAndWhatCanOnlyBeWrittenAreNotRead(_ address: UInt16, _ count: UInt16) {
        var block = registers()
        #expect(throws: ModbusException.illegalDataAddress) { try read(&block, address, count) }
    }

    @Test func aMeterWithoutPhasesSharesItsPowerOverThoseItStandsFor() throws {
        var block = registers()
        block.meter.currents = nil
        // 6900 W over three phases of 230 V are 10 A each; over L1 and L3 15 A each.
        #expect(try read(&block, 8064, 6) == [0, 100, 0, 100, 0, 100])
        try write(&block, 8044, [0b101])
        #expect(try read(&block, 8064, 6) == [0, 150, 0, 0, 0, 150])
        #expect(try read(&block, 8057, 1) == [0])
    }

    @Test func anUnknownPowerIsMinusOneAndNoCurrentFlows() throws {
        var block = registers()
        block.meter.power = nil
        #expect(try read(&block, 8062, 2) == [0xFFFF, 0xFFFF])
        block.meter.power = 0
        #expect(try read(&block, 8054, 3) == [0, 0, 1])
    }

    @Test func countersAreSetAndResetAndSurviveARestart() throws {
        var block = registers()
        try write(&block, 8058, [0, 0, 0, 1000])
        #expect(try read(&block, 8058, 4) == [0, 0, 0, 1000])
        block.meter.energy = 12_345_700
        #expect(try read(&block, 8058, 4) == [0, 0, 0, 1200])
        try write(&block, 8070, [1])
        block.meter.energy = 12_345_701
        #expect(try read(&block, 8050, 4) == [0, 0, 0, 1])
        try write(&block, 8042, [0, 500])
        #expect(try read(&block, 8050, 4) == [0, 0, 0, 1])
        var after = registers(block.settings)
        after.meter.energy = 12_345_710
        #expect(try read(&after, 8058, 4) == [0, 0, 0, 1210])
        #expect(try read(&after, 8042, 2) == [0, 500])
        try write(&after, 8071, [1])
        #expect(try read(&after, 8058, 4) == [0, 0, 0, 0])
    }

    @Test(arguments: [(8070, 0), (8071, 2), (8044, 0), (8044, 8), (8045, 0), (8040, 0)])
    func aValueThatCannotBeIsRefused(_ address: UInt16, _ value: UInt16) {
        var block = registers()
        #expect(throws: ModbusException.illegalDataValue) { try write(&block, address, [value]) }
    }

    @Test func aMeterThatDoesNotAnswerIsADeviceFailure() throws {
        var block = registers()
        block.meter.isOnline = false
        #expect(throws: ModbusException.deviceFailure) { try read(&block, 8062, 2) }
        #expect(try read(&block, 8042, 2) == [0, 1000])
    }
}
