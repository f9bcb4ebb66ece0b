import DriverAPI
import Glibc
import Testing

@testable import Modbus

/// Part of the suite that runs one by one, since lines need low descriptors.
extension RTUTests {
    @Test func whatALineCannotCarryIsRefusedByTheProxy() throws {
        let terminal = try PseudoTerminal()
        let server = try ModbusServer()
        let parameters = LineParameters(baud: 115200)
        _ = try server.serve(terminal, as: parameters, handler: Registers())
        let bus = Bus(.serial(path: terminal.path, parameters))
        defer { bus.close() }
        let proxy = ModbusProxy(to: bus, rules: ProxyRules(timeout: .seconds(20)))
        let client = try RawClient(port: try server.listen(on: "127.0.0.1", port: 0, deferring: proxy).port)
        func ask(_ pdu: [UInt8], unit: UInt8) -> [UInt8] {
            client.send([0, 77, 0, 0, 0, UInt8(pdu.count + 1), unit] + pdu)
            let header = client.receive(7)
            return header.count == 7 ? client.receive(Int(header[5]) - 1) : []
        }
        // Nobody knows the length of the answer.
        #expect(ask([100, 9], unit: 1) == [0xE4, 1])
        // Broadcasts and reserved ids are asked of nobody (Modbus over Serial Line V1.02, 2.2).
        #expect(ask([3, 0, 0, 0, 1], unit: 0) == [0x83, 10])
        #expect(ask([3, 0, 0, 0, 1], unit: 250) == [0x83, 10])
        #expect(ask([3, 0, 9, 0, 1], unit: 5) == [3, 2, 0, 9])
    }
}
