import ReadPlanning
import Testing

@testable import Modbus

@Suite struct BusPoolTests {
    @Test func oneEndpointHasOneBusUntilTheLastUserGivesItBack() async throws {
        let server = try ModbusServer()
        let endpoint = try server.endpoint(Registers())
        let pool = BusPool()
        let first = try pool.bus(for: endpoint)
        let second = try pool.bus(for: endpoint)
        #expect(first === second)
        #expect(pool.all.count == 1)
        pool.release(first)
        #expect(try await second.registers(4) == [4])
        pool.release(second)
        #expect(await failure { () async throws(LinkError) in try await second.registers(4) } == .closed)
        let third = try pool.bus(for: endpoint)
        #expect(third !== second)
        #expect(try await third.registers(4) == [4])
    }

    @Test func oneLineHasOneSpeed() throws {
        let pool = BusPool()
        _ = try pool.bus(for: .serial(path: "/dev/ttyS77", LineParameters(baud: 9600)))
        let clash = #expect(throws: EndpointClash.self) {
            try pool.bus(for: .serial(path: "/dev/ttyS77", LineParameters(baud: 19200)))
        }
        #expect(clash?.description.contains("9600") == true && clash?.description.contains("19200") == true)
    }
}
