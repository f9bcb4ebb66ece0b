import DriverAPI
import ReadPlanning
import Testing

@testable import Modbus

/// What a bus makes of peers that answer late, twice, wrongly, or not at all.
@Suite struct BadAnswerTests {
    private static let short = Duration.milliseconds(150)
    private static let long = Duration.seconds(20)

    private static func text(_ error: LinkError?) -> String {
        if case .garbled(let what) = error { return what }
        return "not garbled: \(String(describing: error))"
    }

    @Test func aLateAnswerIsNotTakenForTheNext() async throws {
        let device = try FakeDevice { number, request in
            number == 1
                ? [.wait(.milliseconds(600)), .send(request.registers(1111))] : [.send(request.registers(2222))]
        }
        let bus = Bus(device.endpoint)
        let late = await failure { () async throws(LinkError) in try await bus.registers(5, timeout: Self.short) }
        #expect(late == .timeout)
        #expect(try await bus.registers(6) == [2222])
        #expect(try await bus.registers(7) == [2222])
        #expect(bus.connectionEpoch == 1)
        #expect(bus.statistics.units[1]?.timeouts == 1)
    }

    @Test func aDoubledAnswerIsPassedOver() async throws {
        let device = try FakeDevice { number, request in
            let answer = request.registers(UInt16(number))
            return [.send(answer), .send(answer)]
        }
        let bus = Bus(device.endpoint)
        for number in 1...20 { #expect(try await bus.registers(5) == [UInt16(number)]) }
    }

    @Test func anotherUnitsAnswerIsNone() async throws {
        let device = try FakeDevice { number, request in
            number == 1
                ? [.send(request.answer([3, 2, 0, 9], unit: 8))] : [.send(request.registers(4))]
        }
        let bus = Bus(device.endpoint)
        let error = await failure { () async throws(LinkError) in try await bus.registers(5, unit: 7) }
        #expect(Self.text(error).contains("unit 8 answered instead of 7"))
        #expect(try await bus.registers(5, unit: 7) == [4])
        #expect(bus.connectionEpoch == 1)
    }

    @Test(arguments: [
        ("another function", [4, 2, 0, 9] as [UInt8]), ("too few bytes", [3, 2, 0]),
        ("too many bytes", [3, 2, 0, 9, 9]),
        ("a byte count that lies", [3, 4, 0, 9]), ("words for another count", [3, 4, 0, 9, 0, 9]),
        ("an exception without a code", [0x83]), ("an exception with too much", [0x83, 2, 2]),
        ("another function's exception", [0x84, 2]),
    ])
    func aWrongAnswerIsGarbledAndTheNextIsRight(what: String, pdu: [UInt8]) async throws {
        let device = try FakeDevice { number, request in
            number == 1 ? [.send(request.answer(pdu))] : [.send(request.registers(4))]
        }
        let bus = Bus(device.endpoint)
        let error = await failure { () async throws(LinkError) in try await bus.registers(5) }
        #expect(!Self.text(error).hasPrefix("not"), "\(what)")
        #expect(try await bus.registers(5) == [4])
        #expect(bus.connectionEpoch == 1)
    }

    @Test func aTransactionNeverSentIsGarbled() async throws {
        let device = try FakeDevice { number, request in
            number == 1 ? [.send(request.answer([3, 2, 0, 9], transaction: 999))] : [.send(request.registers(4))]
        }
        let bus = Bus(device.endpoint)
        let error = await failure { () async throws(LinkError) in try await bus.registers(5) }
        #expect(Self.text(error).contains("transaction 999"))
        #expect(try await bus.registers(5) == [4])
    }

    @Test func noiseInPlaceOfAHeaderEndsTheConnection() async throws {
        let device = try FakeDevice { number, request in
            number == 1 ? [.send(Array("HTTP/1.1 400 Bad Request\r\n".utf8))] : [.send(request.registers(4))]
        }
        let bus = Bus(device.endpoint)
        let error = await failure { () async throws(LinkError) in try await bus.registers(5) }
        #expect(Self.text(error).contains("no header"))
        #expect(await eventually { device.connections == 1 })
        #expect(try await bus.registers(5) == [4])
        #expect(bus.connectionEpoch == 2)
    }

    @Test func anAnswerInPiecesIsPutTogether() async throws {
        let device = try FakeDevice { _, request in
            request.registers(321).flatMap { [.send([$0]), .wait(.milliseconds(3))] }
        }
        #expect(try await Bus(device.endpoint).registers(5, 4) == [321, 321, 321, 321])
    }

    @Test func aStreamOfOldAnswersDoesNotHoldTheLine() async throws {
        let device = try FakeDevice { number, request in
            let old = request.answer([3, 2, 0, 9], transaction: 1)
            return number == 1
                ? [.send(old)]
                : [UInt8](repeating: 0, count: 300).flatMap { _ in [.send(old), .wait(.milliseconds(10))] }
        }
        let bus = Bus(device.endpoint)
        #expect(try await bus.registers(5) == [9])
        let error = await failure { () async throws(LinkError) in try await bus.registers(5, timeout: Self.short) }
        #expect(error == .timeout)
        // The stream lasts 3 s at least; the request was over before its end.
        #expect(device.connections == 1)
        #expect((bus.statistics.busy) < .seconds(2))
    }

    @Test func aHalfAnswerIsAddedToTheNextWithoutLosingThePlace() async throws {
        let device = try FakeDevice { number, request in
            let answer = request.registers(UInt16(number))
            return number == 1
                ? [.send(Array(answer[..<8])), .wait(.milliseconds(600)), .send(Array(answer[8...]))] : [.send(answer)]
        }
        let bus = Bus(device.endpoint)
        let error = await failure { () async throws(LinkError) in try await bus.registers(5, timeout: Self.short) }
        #expect(error == .timeout)
        #expect(try await bus.registers(6) == [2])
        #expect(bus.connectionEpoch == 1)
    }

    @Test func closingInsteadOfAnsweringIsSeenByAWriteAndNotRepeated() async throws {
        let device = try FakeDevice { number, request in
            number == 1 ? [.send(request.registers(1))] : [.close]
        }
        let bus = Bus(device.endpoint)
        #expect(try await bus.registers(5) == [1])
        let write = WriteRequest(function: 6, address: 1, words: [2])
        let error = await failure { () async throws(LinkError) in
            try await bus.write(write, unit: 1, options: RequestOptions(timeout: Self.long))
        }
        guard case .disconnected = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(device.requests.count(where: { $0.pdu[0] == 6 }) == 1)
    }

    @Test func aReadIsRepeatedOnceOnANewConnection() async throws {
        let device = try FakeDevice { number, request in
            number == 2 ? [.close] : [.send(request.registers(UInt16(number)))]
        }
        let bus = Bus(device.endpoint)
        #expect(try await bus.registers(5) == [1])
        #expect(try await bus.registers(5) == [3])
        #expect(bus.connectionEpoch == 2)
    }

    @Test func aReadThatAlwaysEndsTheConnectionIsRepeatedOnlyOnce() async throws {
        let device = try FakeDevice { number, request in
            number == 1 ? [.send(request.registers(1))] : [.send([0, 2, 0, 0]), .close]
        }
        let bus = Bus(device.endpoint)
        #expect(try await bus.registers(5) == [1])
        let error = await failure { () async throws(LinkError) in try await bus.registers(730) }
        guard case .disconnected = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(device.requests.count == 3)
        #expect(device.connections == 2)
    }

    @Test func aConnectionClosedWhileIdleCostsNothing() async throws {
        let device = try FakeDevice { _, request in [.send(request.registers(4)), .close] }
        let bus = Bus(device.endpoint)
        let write = WriteRequest(function: 6, address: 1, words: [2])
        #expect(try await bus.registers(5) == [4])
        try await Task.sleep(for: .milliseconds(300))
        // The device echoes the read's answer, which is no acknowledgement: what matters is that it went out once.
        _ = await failure { () async throws(LinkError) in
            try await bus.write(write, unit: 1, options: RequestOptions(timeout: Self.short))
        }
        #expect(device.requests.count(where: { $0.pdu[0] == 6 }) == 1)
        #expect(device.connections == 2)
    }

    @Test func anAcknowledgementOfSomethingElseIsGarbled() async throws {
        let device = try FakeDevice { number, request in
            [.send(request.answer(number == 1 ? [6, 0, 1, 0, 9] : request.pdu))]
        }
        let bus = Bus(device.endpoint)
        let write = WriteRequest(function: 6, address: 1, words: [2])
        let options = RequestOptions(timeout: Self.long)
        let error = await failure { () async throws(LinkError) in try await bus.write(write, unit: 1, options: options)
        }
        #expect(Self.text(error).contains("acknowledges 9 at 1 instead of 2 at 1"))
        try await bus.write(write, unit: 1, options: options)
    }

    @Test func silenceIsATimeoutAndAfterThreeTheConnectionIsMadeAnew() async throws {
        let device = try FakeDevice { number, request in number <= 4 && number > 1 ? [] : [.send(request.registers(4))]
        }
        let bus = Bus(device.endpoint)
        #expect(try await bus.registers(5) == [4])
        for _ in 0..<3 {
            let error = await failure { () async throws(LinkError) in try await bus.registers(5, timeout: Self.short) }
            #expect(error == .timeout)
        }
        #expect(try await bus.registers(5) == [4])
        #expect(bus.connectionEpoch == 2)
    }

    private static func reason(_ error: LinkError?) -> String {
        if case .unreachable(let why) = error { return why }
        return "not unreachable: \(String(describing: error))"
    }

    @Test func nobodyListeningIsUnreachableAndTheNextFailWithTheSameReason() async throws {
        let bus = Bus(.tcp(host: "127.0.0.1", port: 1))
        for _ in 0..<5 {
            let why = Self.reason(await failure { () async throws(LinkError) in try await bus.registers(1) })
            #expect(why.contains("127.0.0.1:1") && why.contains("refused"))
        }
        #expect(bus.statistics.connects == 0)
        #expect(bus.statistics.units.isEmpty)
        #expect(bus.statistics.trouble?.contains("refused") == true)
    }

    @Test func anUnknownNameIsUnreachable() async {
        let bus = Bus(.tcp(host: "no-such-box.invalid", port: 502))
        let why = Self.reason(await failure { () async throws(LinkError) in try await bus.registers(1) })
        #expect(why.contains("no-such-box.invalid"))
    }

    @Test func aDeviceThatComesBackIsReachedAgain() async throws {
        let server = try ModbusServer()
        let device = Registers()
        let listener = try server.listen(on: "127.0.0.1", port: 0, handler: device)
        let bus = Bus(.tcp(host: "127.0.0.1", port: listener.port))
        #expect(try await bus.registers(1) == [1])
        await server.stop(listener)
        let gone = await failure { () async throws(LinkError) in try await bus.registers(2) }
        #expect(Self.reason(gone).contains("refused"))
        _ = try server.listen(on: "127.0.0.1", port: listener.port, handler: device)
        var word: [UInt16]?
        for _ in 0..<600 where word == nil {
            word = try? await bus.registers(3)
            if word == nil { try await Task.sleep(for: .milliseconds(20)) }
        }
        #expect(word == [3])
        #expect(bus.connectionEpoch == 2)
    }
}
