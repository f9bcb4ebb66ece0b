import CModbus
import DriverAPI
import Glibc
import ReadPlanning
import Testing

@testable import Modbus

/// Our server asked by libmodbus's own client functions, an implementation that shares nothing with it.
///
/// Part of the suite that runs one by one, since libmodbus needs low descriptors.
extension RTUTests {
    private func ask(_ context: OpaquePointer) {
        defer {
            modbus_close(context)
            modbus_free(context)
        }
        modbus_set_response_timeout(context, 20, 0)
        modbus_set_slave(context, 17)
        #expect(modbus_connect(context) == 0)
        var words = [UInt16](repeating: 0, count: 125)
        #expect(modbus_read_registers(context, 1000, 125, &words) == 125)
        #expect(words == (1000..<1125).map { UInt16($0) })
        #expect(modbus_read_input_registers(context, 4, 2, &words) == 2)
        #expect(words.prefix(2) == [4, 5])
        var bits = [UInt8](repeating: 9, count: 19)
        #expect(modbus_read_bits(context, 1, 19, &bits) == 19)
        #expect(bits == (1...19).map { UInt8($0 % 2) })
        #expect(modbus_write_register(context, 7, 0xABCD) == 1)
        #expect(modbus_write_registers(context, 8, 2, [1, 2]) == 2)
        #expect(modbus_read_registers(context, 7, 3, &words) == 3)
        #expect(words.prefix(3) == [0xABCD, 1, 2])
        #expect(modbus_write_bit(context, 20, 1) == 1)
        #expect(modbus_write_bits(context, 21, 9, [1, 1, 0, 0, 1, 1, 0, 0, 1]) == 9)
        #expect(modbus_read_input_bits(context, 20, 10, &bits) == 10)
        #expect(bits.prefix(10) == [1, 1, 1, 0, 0, 1, 1, 0, 0, 1])
        #expect(modbus_read_registers(context, 0xFFFF, 2, &words) == -1)
        #expect(errno == CH_EMBXILADD)
    }

    @Test func libmodbusTalksToOurTCPServer() throws {
        let server = try ModbusServer()
        let port = try server.listen(on: "127.0.0.1", port: 0, handler: Registers()).port
        ask(try #require(modbus_new_tcp("127.0.0.1", Int32(port))))
    }

    @Test func libmodbusTalksThroughOurProxyToADeviceOnALine() throws {
        let server = try ModbusServer()
        let terminal = try PseudoTerminal()
        let parameters = LineParameters(baud: 115200)
        _ = try server.serve(terminal, as: parameters, handler: UnitHandlers([17: Registers()]))
        let bus = Bus(.serial(path: terminal.path, parameters))
        defer { bus.close() }
        let proxy = ModbusProxy(to: bus, rules: ProxyRules(timeout: .seconds(20)))
        let port = try server.listen(on: "127.0.0.1", port: 0, deferring: proxy).port
        ask(try #require(modbus_new_tcp("127.0.0.1", Int32(port))))
    }

    @Test func libmodbusTalksToOurLine() throws {
        let server = try ModbusServer()
        let terminal = try PseudoTerminal()
        let parameters = LineParameters(baud: 115200)
        let device = Registers()
        _ = try server.serve(terminal, as: parameters, handler: UnitHandlers([17: device]))
        let context = try #require(SerialPort.context(terminal.path, parameters))
        defer {
            modbus_close(context)
            modbus_free(context)
        }
        modbus_set_response_timeout(context, 20, 0)
        modbus_set_byte_timeout(context, 20, 0)
        modbus_set_slave(context, 17)
        try #require(modbus_connect(context) == 0)
        var words = [UInt16](repeating: 0, count: 125)
        #expect(modbus_read_registers(context, 1000, 125, &words) == 125)
        #expect(words == (1000..<1125).map { UInt16($0) })
        #expect(modbus_write_registers(context, 8, 2, [1, 2]) == 2)
        #expect(device.word(at: 9) == 2)
        #expect(modbus_read_registers(context, 0xFFFF, 2, &words) == -1)
        #expect(errno == CH_EMBXILADD)
    }
}
