import DriverAPI
import Glibc
import ReadPlanning
import Testing

@testable import Modbus

/// RTU over pseudo-terminals, with our own devices and with bad ones.
///
/// One after the other: one of them takes all low descriptors of the process.
@Suite(.serialized) struct RTUTests {
    private static let short = Duration.milliseconds(200)

    @Test func theChecksumIsTheStandards() {
        // Modbus over Serial Line V1.02, 6.2.2: 02 07 has the checksum 0x1241, sent low byte first.
        #expect(CRC16.of([0x02, 0x07]) == 0x1241)
        #expect(CRC16.sealed([0x02, 0x07]) == [0x02, 0x07, 0x41, 0x12])
        #expect(CRC16.isRight([0x02, 0x07, 0x41, 0x12]))
        #expect(!CRC16.isRight([0x02, 0x07, 0x41, 0x13]))
    }

    @Test func severalUnitsAnswerOnOneLineAndOthersAreIgnored() async throws {
        let server = try ModbusServer()
        let terminal = try PseudoTerminal()
        let (first, second) = (Registers(), Registers())
        let parameters = LineParameters(baud: 115200)
        _ = try server.serve(terminal, as: parameters, handler: UnitHandlers([1: first, 2: second]))
        let bus = Bus(.serial(path: terminal.path, parameters))
        #expect(try await bus.registers(100, 125, unit: 1) == (100..<225).map { UInt16($0) })
        #expect(try await bus.registers(7, 2, unit: 2) == [7, 8])
        let silent = await failure { () async throws(LinkError) in
            try await bus.registers(1, unit: 3, timeout: Self.short)
        }
        #expect(silent == .timeout)
        try await bus.write(
            WriteRequest(function: 16, address: 5, words: [9, 8, 7]), unit: 2,
            options: RequestOptions(timeout: .seconds(20)))
        #expect(try await bus.registers(5, 3, unit: 2) == [9, 8, 7])
        #expect(first.asked.count == 1)
    }

    @Test(arguments: [UInt8(0), 248, 255]) func unitsThatALineDoesNotHaveAreRefused(unit: UInt8) async throws {
        let line = try FakeLine { _, request in [.send(FakeLine.registers(1, to: request))] }
        let error = await failure { () async throws(LinkError) in
            try await Bus(line.endpoint).registers(1, unit: unit)
        }
        guard case .refused = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(line.requests.isEmpty)
    }

    @Test func aPacedLineTakesAsLongAsARealOne() async throws {
        let server = try ModbusServer()
        let terminal = try PseudoTerminal()
        let parameters = LineParameters(baud: 9600)
        _ = try server.serve(terminal, as: parameters, handler: Registers(turnaround: .milliseconds(30)))
        let bus = Bus(.serial(path: terminal.path, parameters))
        let answer = try await bus.answer(
            to: ReadRequest(.holding, at: 0, count: 20), unit: 1, options: RequestOptions(timeout: .seconds(20)))
        // 8 + 45 characters of 10 bits at 9600 baud are 55.2 ms, and the device thinks for 30 ms.
        #expect(answer.duration >= .milliseconds(85))
    }

    @Test func requestsAreApartByTheSilenceOfTheLine() async throws {
        let line = try FakeLine { _, request in [.send(FakeLine.registers(1, to: request))] }
        let slow = Endpoint.serial(path: line.endpoint.channel, LineParameters(baud: 1200))
        let bus = Bus(slow)
        let options = RequestOptions(timeout: .seconds(20))
        let read = ReadRequest(.holding, at: 0, count: 1)
        let first = try await bus.answer(to: read, unit: 1, options: options)
        let second = try await bus.answer(to: read, unit: 1, options: options)
        // 3.5 characters of 10 bits at 1200 baud are 29.2 ms.
        #expect(first.received.duration(to: second.sent) >= .milliseconds(29))
    }

    enum Fault: CaseIterable {
        case checksum, short, function, count, noise

        func answer(to request: [UInt8]) -> [UInt8] {
            var answer = FakeLine.registers(9, to: request)
            switch self {
            case .checksum: answer[4] ^= 0x40
            case .short: answer.removeLast(3)
            case .function: answer = CRC16.sealed([request[0], 4, 2, 0, 9])
            case .count: answer = CRC16.sealed([request[0], 3, 4, 0, 9, 0, 9])
            case .noise: answer = (0..<200).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ 11) }
            }
            return answer
        }
    }

    @Test(arguments: Fault.allCases) func aBadAnswerIsGarbledAndTheLineIsCleanAfterwards(fault: Fault) async throws {
        let line = try FakeLine { number, request in
            number == 1 ? [.send(fault.answer(to: request))] : [.send(FakeLine.registers(UInt16(number), to: request))]
        }
        let bus = Bus(line.endpoint)
        let error = await failure { () async throws(LinkError) in try await bus.registers(1, timeout: .seconds(1)) }
        switch error {
        case .garbled: break
        // Noise may look like the frame of another unit, which is passed over.
        case .timeout: #expect(fault == .noise)
        default: Issue.record("\(String(describing: error))")
        }
        for number in 2...4 { #expect(try await bus.registers(1) == [UInt16(number)]) }
        #expect(bus.connectionEpoch == 1)
    }

    @Test func aDoubledAnswerIsDropped() async throws {
        let line = try FakeLine { number, request in
            let answer = FakeLine.registers(UInt16(number), to: request)
            return [.send(answer + answer)]
        }
        let bus = Bus(line.endpoint)
        for number in 1...10 { #expect(try await bus.registers(1) == [UInt16(number)]) }
    }

    @Test func afterABadAnswerTheLineIsListenedToUntilItIsSilent() async throws {
        let line = try FakeLine { number, request in
            [.send(number == 2 ? Fault.checksum.answer(to: request) : FakeLine.registers(UInt16(number), to: request))]
        }
        let bus = Bus(line.endpoint)
        #expect(try await bus.registers(1) == [1])
        let start = SystemClock().now
        let error = await failure { () async throws(LinkError) in try await bus.registers(1) }
        #expect(error == .garbled("a wrong checksum"))
        // At least 20 ms: what a USB adapter still holds comes within 16.
        #expect(start.duration(to: SystemClock().now) >= .milliseconds(20))
        #expect(try await bus.registers(2) == [3])
    }

    @Test func anotherUnitsLateFrameIsPassedOver() async throws {
        let line = try FakeLine { _, request in
            [
                .send(CRC16.sealed([9, 3, 2, 0, 77])), .wait(.milliseconds(5)),
                .send(FakeLine.registers(5, to: request)),
            ]
        }
        #expect(try await Bus(line.endpoint).registers(1) == [5])
    }

    @Test func aLateAnswerIsNotTakenForAnotherRegister() async throws {
        // The first answer comes 150 ms after its time is up; asked at once, register 2 would get the words of 1.
        let line = try FakeLine { number, request in
            let answer = FakeLine.registers(UInt16(request[3]), to: request)
            return number == 1 ? [.wait(.milliseconds(450)), .send(answer)] : [.send(answer)]
        }
        let bus = Bus(line.endpoint)
        let late = await failure { () async throws(LinkError) in
            try await bus.registers(1, timeout: .milliseconds(300))
        }
        #expect(late == .timeout)
        #expect(try await bus.registers(2) == [2])
        #expect(try await bus.registers(3) == [3])
    }

    @Test func aTerminalThatEndsIsReportedAndTriedAgain() async throws {
        var terminal: PseudoTerminal? = try PseudoTerminal()
        let path = try #require(terminal?.path)
        let bus = Bus(.serial(path: path, LineParameters(baud: 9600)))
        let silent = await failure { () async throws(LinkError) in try await bus.registers(1, timeout: Self.short) }
        #expect(silent == .timeout)
        terminal = nil
        var errors: [LinkError?] = []
        for _ in 0..<4 {
            errors.append(
                await failure { () async throws(LinkError) in try await bus.registers(1, timeout: Self.short) })
        }
        guard case .unreachable = errors.last else {
            Issue.record("\(errors)")
            return
        }
        #expect(bus.statistics.trouble?.isEmpty == false)
    }

    @Test func aLineIsOpenedOnce() async throws {
        let line = try FakeLine { _, request in [.send(FakeLine.registers(1, to: request))] }
        let bus = Bus(line.endpoint)
        #expect(try await bus.registers(1) == [1])
        guard
            case .unreachable(let why) = await failure({ () async throws(LinkError) in
                try await Bus(line.endpoint).registers(1)
            })
        else {
            Issue.record("opened twice")
            return
        }
        #expect(why.contains("another program"))
    }

    @Test func whyALineCannotBeOpenedIsSaid() async {
        func why(_ path: String) async -> String {
            let bus = Bus(.serial(path: path, LineParameters(baud: 9600)))
            let error = await failure { () async throws(LinkError) in try await bus.registers(1) }
            return error.map(\.description) ?? ""
        }
        #expect(await why("/dev/ttyNOTHERE").contains("no such device"))
        #expect(await why("/dev/null").contains("no serial line"))
        #expect(SerialPort.text(EACCES, "/dev/ttyUSB0").contains("dialout"))
    }

    @Test func rtuFramesGoOverTCP() async throws {
        let server = try ModbusServer()
        let device = Registers()
        let listener = try server.listen(
            on: "127.0.0.1", port: 0, framing: .rtu, handler: UnitHandlers([4: device]))
        let bus = Bus(.rtuOverTCP(host: "127.0.0.1", port: listener.port))
        for start in 0..<20 {
            #expect(try await bus.registers(UInt16(start), 2, unit: 4) == [UInt16(start), UInt16(start + 1)])
        }
        let silent = await failure { () async throws(LinkError) in
            try await bus.registers(1, unit: 5, timeout: Self.short)
        }
        #expect(silent == .timeout)
        await server.disconnectClients(of: listener)
        try await Task.sleep(for: .milliseconds(100))
        try await bus.write(
            WriteRequest(function: 5, address: 3, words: [1]), unit: 4, options: RequestOptions(timeout: .seconds(20)))
        #expect(device.word(at: 3) == 1)
        #expect(bus.connectionEpoch == 2)
    }

    @Test func aSilentUnitOnALineDoesNotStopItsNeighbour() async throws {
        let line = try FakeLine { _, request in
            request[0] == 1 ? [] : [.send(FakeLine.registers(5, to: request))]
        }
        let bus = Bus(line.endpoint)
        async let silent = failure { () async throws(LinkError) in
            try await bus.registers(1, unit: 1, timeout: Self.short)
        }
        for _ in 0..<5 { #expect(try await bus.registers(1, unit: 2) == [5]) }
        #expect(await silent == .timeout)
    }

    /// libmodbus waits with select(), which knows descriptors up to 1023; a process with many connections has more.
    @Test func linesWorkWhenTheLowDescriptorsAreTaken() async throws {
        // Tests that run beside this one have lines too.
        try DescriptorReserve.shared.prepare(lines: 64)
        let reserve = DescriptorReserve()
        try reserve.prepare(lines: 2)
        let server = try ModbusServer()
        let line = try FakeLine { _, request in [.send(FakeLine.registers(5, to: request))] }
        let listener = try server.listen(on: "127.0.0.1", port: 0, framing: .rtu, handler: Registers())
        let plain = try server.endpoint(Registers())
        var taken: [Int32] = []
        defer { for fd in taken { close(fd) } }
        repeat {
            let fd = open("/dev/null", O_RDONLY | O_CLOEXEC)
            try #require(fd >= 0)
            taken.append(fd)
        } while taken.last ?? 0 < 1100

        #expect(try await Bus(line.endpoint, reserve: reserve).registers(1) == [5])
        #expect(
            try await Bus(.rtuOverTCP(host: "127.0.0.1", port: listener.port), reserve: reserve).registers(7) == [7])
        #expect(try await Bus(plain, reserve: reserve).registers(8) == [8])
        // Other tests of this process may have given low ones back meanwhile: those are taken too, until none is left.
        var none: LinkError?
        for _ in 0..<100 where none == nil {
            repeat {
                let fd = open("/dev/null", O_RDONLY | O_CLOEXEC)
                try #require(fd >= 0)
                taken.append(fd)
            } while taken.last ?? 0 < 1024
            none = await failure { () async throws(LinkError) in
                try await Bus(line.endpoint, reserve: DescriptorReserve()).registers(1)
            }
        }
        #expect(none?.description.contains("no file descriptor is left") == true)
    }
}
