import DriverAPI
import ReadPlanning
import Testing

@testable import Modbus

@Suite struct BusTests {
    let server: ModbusServer
    let device = Registers()
    let bus: Bus

    init() throws {
        server = try ModbusServer()
        bus = Bus(try server.endpoint(device))
    }

    @Test func bytesAreThoseOnTheLine() async throws {
        let device = try FakeDevice { number, request in
            number == 1 ? [.send(request.registers(7))] : [.send(request.answer([0x83, 2]))]
        }
        let bus = Bus(device.endpoint)
        _ = try await bus.registers(1, 3)
        _ = try? await bus.registers(9, 1)
        let unit = try #require(bus.statistics.units[1])
        // MBAP header 7, then function, address and count 5; the answer's function, length and 6; function and code 2.
        #expect(unit.bytesSent == 2 * 12)
        #expect(unit.bytesReceived == 7 + 8 + 7 + 2)
        #expect(unit.exceptions == 1 && unit.requests == 2)
    }

    @Test func everyTableIsReadByItsFunction() async throws {
        let options = RequestOptions(timeout: .seconds(20))
        #expect(
            try await bus.read(ReadRequest(.holding, at: 100, count: 3), unit: 7, options: options) == [100, 101, 102])
        #expect(try await bus.read(ReadRequest(.input, at: 9, count: 1), unit: 7, options: options) == [9])
        let coils = try await bus.read(ReadRequest(.coil, at: 1, count: 10), unit: 7, options: options)
        #expect(coils == [1, 0, 1, 0, 1, 0, 1, 0, 1, 0])
        #expect(try await bus.read(ReadRequest(.discrete, at: 3, count: 2), unit: 7, options: options) == [1, 0])
        let other = ReadRequest(.input, at: 5, count: 1, function: 3)
        #expect(try await bus.read(other, unit: 7, options: options) == [5])
        #expect(device.asked.map(\.function) == [3, 4, 1, 2, 3])
        #expect(device.asked.allSatisfy { $0.unit == 7 })
    }

    @Test func everyWriteFunctionWrites() async throws {
        let options = RequestOptions(timeout: .seconds(20))
        try await bus.write(WriteRequest(function: 6, address: 10, words: [0xBEEF]), unit: 1, options: options)
        try await bus.write(WriteRequest(function: 16, address: 20, words: [1, 2, 3]), unit: 1, options: options)
        try await bus.write(WriteRequest(function: 5, address: 30, words: [1]), unit: 1, options: options)
        let nine: [UInt16] = [1, 0, 1, 1, 0, 0, 0, 0, 1]
        try await bus.write(WriteRequest(function: 15, address: 40, words: nine), unit: 1, options: options)
        #expect(device.word(at: 10) == 0xBEEF)
        #expect((20...22).map { device.word(at: $0) } == [1, 2, 3])
        #expect(device.word(at: 30) == 1)
        #expect((40...48).map { device.word(at: $0) } == nine)
    }

    @Test func modifyKeepsTheOtherBits() async throws {
        let options = RequestOptions(timeout: .seconds(20))
        let word = try await bus.modify(0x1234, unit: 1, mask: 0x00F0, bits: 0xFF5F, function: 6, options: options)
        #expect(word == 0x1254)
        #expect(device.word(at: 0x1234) == 0x1254)
        #expect(device.asked.map(\.function) == [3, 6])
    }

    @Test(arguments: [UInt8(0), 1, 247, 248, 250, 254, 255]) func everyUnitCanBeAskedOverTCP(unit: UInt8) async throws {
        #expect(try await bus.registers(77, 2, unit: unit) == [77, 78])
        #expect(device.asked.map(\.unit) == [unit])
    }

    @Test func anExceptionKeepsItsCodeAndTheConnection() async throws {
        let tooFar = ReadRequest(.holding, at: 0xFFFF, count: 1)
        #expect(try await bus.read(tooFar, unit: 1, options: RequestOptions(timeout: .seconds(20))) == [0xFFFF])
        let odd = await failure { () async throws(LinkError) in
            try await bus.exchange(pdu: [0x41, 1], unit: 1, options: RequestOptions(timeout: .seconds(20)))
        }
        #expect(odd == .exception(1))
        #expect(try await bus.registers(1) == [1])
        #expect(bus.connectionEpoch == 1)
        #expect(bus.statistics.units[1]?.exceptions == 1)
    }

    @Test(arguments: [
        ReadRequest(.holding, at: 0, count: 0), ReadRequest(.holding, at: 0, count: 126),
        ReadRequest(.coil, at: 0, count: 2001), ReadRequest(.holding, at: 0xFFFF, count: 2),
        ReadRequest(.holding, at: 0, count: 1, function: 9),
    ])
    func aRequestTheStandardForbidsNeverGoesOut(request: ReadRequest) async {
        let error = await failure { () async throws(LinkError) in
            try await bus.read(request, unit: 1, options: RequestOptions())
        }
        guard case .refused = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(device.asked.isEmpty)
    }

    @Test func aBatchGivesOneResultForEachRequest() async throws {
        let batch = (0..<300).map { UnitRead(ReadRequest(.holding, at: UInt16($0 * 20), count: 20), unit: 3) }
        let results = await bus.read(batch, options: RequestOptions(timeout: .seconds(20)))
        #expect(results.count == 300)
        for (index, result) in results.enumerated() {
            #expect(try result.get().words == (index * 20..<index * 20 + 20).map { UInt16($0) })
        }
        let answers = try results.map { try $0.get() }
        #expect(zip(answers, answers.dropFirst()).allSatisfy { $0.received <= $1.sent })
        #expect(bus.lastFrame(to: 3) == answers.last?.sent)
        #expect(bus.statistics.units[3]?.requests == 300)
    }

    @Test func closingEndsWhatWaits() async {
        let silent = Bus(.tcp(host: "127.0.0.1", port: 1))
        silent.close()
        let error = await failure { () async throws(LinkError) in try await silent.registers(1) }
        #expect(error == .closed)
    }

    @Test func figuresCountAndMeasure() async throws {
        for address in 0..<10 { _ = try await bus.registers(UInt16(address), unit: 5) }
        let unit = try #require(bus.statistics.units[5])
        #expect(unit.requests == 10)
        #expect(unit.timeouts == 0 && unit.garbled == 0 && unit.broken == 0)
        let average = try #require(unit.averageLatency)
        let most = try #require(unit.latency95)
        #expect(average > .zero && most > .zero)
        #expect(bus.statistics.busy >= average)
        #expect(bus.statistics.connects == 1)
    }
}
