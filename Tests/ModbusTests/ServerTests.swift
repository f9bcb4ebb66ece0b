import DriverAPI
import Glibc
import ReadPlanning
import Testing

@testable import Modbus

@Suite struct ServerTests {
    let server: ModbusServer
    init() throws { server = try ModbusServer() }

    private func listen(_ handler: any ModbusHandler, _ rules: ListenerRules = ListenerRules()) throws -> Listener {
        try server.listen(on: "127.0.0.1", port: 0, rules: rules, handler: handler)
    }

    /// Modbus Messaging on TCP/IP V1.0b, 3.1.3: header 15 01 00 00 00 06 FF, then the PDU.
    private func request(_ transaction: UInt16, unit: UInt8 = 0xFF, _ pdu: [UInt8]) -> [UInt8] {
        [UInt8(transaction >> 8), UInt8(transaction & 0xFF), 0, 0, 0, UInt8(pdu.count + 1), unit] + pdu
    }

    @Test func anAnswerEchoesTransactionAndUnit() throws {
        let client = try RawClient(port: try listen(Registers()).port)
        client.send(request(0x1501, [3, 0, 4, 0, 1]))
        #expect(client.receive(11) == [0x15, 0x01, 0, 0, 0, 5, 0xFF, 3, 2, 0, 4])
    }

    @Test func requestsInOnePacketAreAllAnswered() throws {
        let client = try RawClient(port: try listen(Registers()).port)
        client.send((1...50).flatMap { request(UInt16($0), [3, 0, UInt8($0), 0, 1]) })
        for number in 1...50 {
            #expect(client.receive(11) == [0, UInt8(number), 0, 0, 0, 5, 0xFF, 3, 2, 0, UInt8(number)])
        }
    }

    @Test func aRequestInPiecesIsAnswered() async throws {
        let client = try RawClient(port: try listen(Registers()).port)
        for byte in request(7, [3, 0, 4, 0, 1]) {
            client.send([byte])
            try await Task.sleep(for: .milliseconds(2))
        }
        #expect(client.receive(11) == [0, 7, 0, 0, 0, 5, 0xFF, 3, 2, 0, 4])
    }

    @Test(arguments: [
        Array("GET / HTTP/1.1\r\n\r\n".utf8), [0, 1, 0, 0, 0, 1, 1], [0, 1, 0, 0, 1, 0, 1, 3, 0],
        [0, 1, 0, 9, 0, 6, 1, 3],
    ])
    func whatIsNoHeaderEndsTheConnection(bytes: [UInt8]) throws {
        let listener = try listen(Registers())
        let client = try RawClient(port: listener.port)
        client.send(bytes)
        #expect(client.isEnded)
        let next = try RawClient(port: listener.port)
        next.send(request(7, [3, 0, 4, 0, 1]))
        #expect(next.receive(11).count == 11)
    }

    @Test func oneClientTooManyIsTurnedAwayAndPlacesAreFreedAgain() async throws {
        let listener = try listen(Registers(), ListenerRules(clients: 2))
        let first = try RawClient(port: listener.port)
        var second: RawClient? = try RawClient(port: listener.port)
        first.send(request(1, [3, 0, 1, 0, 1]))
        second?.send(request(1, [3, 0, 1, 0, 1]))
        #expect(first.receive(11).count == 11)
        #expect(second?.receive(11).count == 11)
        #expect(try RawClient(port: listener.port).isEnded)
        second = nil
        var answered = false
        for _ in 0..<200 where !answered {
            let third = try RawClient(port: listener.port)
            third.send(request(1, [3, 0, 1, 0, 1]))
            answered = third.receive(11).count == 11
            if !answered { try await Task.sleep(for: .milliseconds(5)) }
        }
        #expect(answered)
    }

    @Test func onlyAllowedAddressesGetIn() throws {
        let closed = try listen(Registers(), ListenerRules(allow: ["192.168.2.10"]))
        #expect(try RawClient(port: closed.port).isEnded)
        let open = try listen(Registers(), ListenerRules(allow: ["192.168.2.10", "127.0.0.1"]))
        let client = try RawClient(port: open.port)
        client.send(request(1, [3, 0, 1, 0, 1]))
        #expect(client.receive(11).count == 11)
    }

    struct Fixed: ModbusHandler {
        let reply: @Sendable ([UInt8]) -> ModbusReply
        func respond(unit: UInt8, pdu: [UInt8], at moment: MonotonicTime) -> ModbusReply { reply(pdu) }
    }

    @Test func aDelayedAnswerIsOvertakenByAQuickOne() throws {
        let handler = Fixed { pdu in
            let answer: [UInt8] = [3, 2, 0, pdu[2]]
            return pdu[2] == 1 ? .delayed(answer, .milliseconds(200)) : .pdu(answer)
        }
        let client = try RawClient(port: try listen(handler).port)
        let start = SystemClock().now
        client.send(request(1, [3, 0, 1, 0, 1]) + request(2, [3, 0, 2, 0, 1]))
        #expect(client.receive(11) == [0, 2, 0, 0, 0, 5, 0xFF, 3, 2, 0, 2])
        #expect(client.receive(11) == [0, 1, 0, 0, 0, 5, 0xFF, 3, 2, 0, 1])
        #expect(start.duration(to: SystemClock().now) >= .milliseconds(200))
    }

    @Test func aHandlerCanCloseOrStaySilent() throws {
        let handler = Fixed { $0[2] == 1 ? .silence : $0[2] == 2 ? .close : .pdu([3, 2, 0, 9]) }
        let client = try RawClient(port: try listen(handler).port)
        client.send(request(1, [3, 0, 1, 0, 1]) + request(3, [3, 0, 3, 0, 1]))
        #expect(client.receive(11).prefix(2) == [0, 3])
        client.send(request(2, [3, 0, 2, 0, 1]))
        #expect(client.isEnded)
    }

    struct Slow: AsyncModbusHandler {
        let bus: Bus
        func respond(unit: UInt8, pdu: [UInt8], at moment: MonotonicTime) async -> ModbusReply {
            do throws(LinkError) {
                let options = RequestOptions(timeout: .seconds(20))
                return .pdu(try await bus.exchange(pdu: pdu, unit: unit, options: options))
            } catch {
                guard case .exception(let code) = error else {
                    return .pdu(ModbusException.gatewayTargetSilent.pdu(for: pdu[0]))
                }
                return .pdu([pdu[0] | 0x80, code])
            }
        }
    }

    @Test func aProxyPassesRequestsOn() async throws {
        let device = Registers()
        let behind = Bus(.tcp(host: "127.0.0.1", port: try listen(device).port))
        let front = try server.listen(on: "127.0.0.1", port: 0, asyncHandler: Slow(bus: behind))
        let bus = Bus(.tcp(host: "127.0.0.1", port: front.port))
        #expect(try await bus.registers(500, 3, unit: 9) == [500, 501, 502])
        let error = await failure { () async throws(LinkError) in
            try await bus.exchange(pdu: [0x2B, 0x0E, 1, 0], unit: 9, options: RequestOptions(timeout: .seconds(20)))
        }
        #expect(error == .exception(1))
        #expect(device.asked.map(\.unit) == [9])
    }

    @Test func aPortInUseIsNamed() throws {
        let listener = try listen(Registers())
        let error = #expect(throws: ServerError.self) {
            try server.listen(on: "127.0.0.1", port: listener.port, handler: Registers())
        }
        #expect(error?.description.contains("127.0.0.1:\(listener.port)") == true)
        #expect(error?.description.contains("another program listens there") == true)
        #expect(throws: ServerError.self) { try server.listen(on: "192.0.2.1", port: 0, handler: Registers()) }
        #expect(throws: ServerError.self) { try server.listen(on: "127.0.0.1", port: 70000, handler: Registers()) }
    }

    @Test func aClientThatNeverReadsIsDroppedWithoutHarmToOthers() async throws {
        let listener = try listen(Fixed { _ in .pdu([3, 250] + [UInt8](repeating: 1, count: 250)) })
        let greedy = try TCPConnection.open(host: "127.0.0.1", port: listener.port, timeout: .seconds(20))
        defer { close(greedy) }
        let bytes = (0..<100).flatMap { _ in request(1, [3, 0, 1, 0, 125]) }
        let ended = await eventually {
            for _ in 0..<100 {
                if Glibc.send(greedy, bytes, bytes.count, Int32(MSG_NOSIGNAL)) < 0 { return errno != EAGAIN }
            }
            return false
        }
        #expect(ended)
        let client = try RawClient(port: listener.port)
        client.send(request(1, [3, 0, 1, 0, 125]))
        #expect(client.receive(259).count == 259)
    }

    @Test func itListensOnIPv6() async throws {
        guard let listener = try? server.listen(on: "::1", port: 0, handler: Registers()) else { return }
        let bus = Bus(.tcp(host: "::1", port: listener.port))
        #expect(try await bus.registers(3) == [3])
    }

    @Test func aClosedServerRefusesToListen() throws {
        let other = try ModbusServer()
        other.close()
        #expect(throws: ServerError.self) { try other.listen(on: "127.0.0.1", port: 0, handler: Registers()) }
    }

    @Test func manyDevicesAreServedByOneProcess() async throws {
        let count = 200
        let devices = (0..<count).map { _ in Registers() }
        let pool = BusPool()
        var buses: [Bus] = []
        for device in devices { buses.append(try pool.bus(for: try server.endpoint(device))) }
        let results = await withTaskGroup(of: Int.self) { group in
            for bus in buses {
                group.addTask {
                    let batch = (0..<5).map { UnitRead(ReadRequest(.holding, at: UInt16($0 * 20), count: 20), unit: 1) }
                    return await bus.read(batch, options: RequestOptions(timeout: .seconds(60))).count {
                        (try? $0.get().words.count) == 20
                    }
                }
            }
            return await group.reduce(0, +)
        }
        #expect(results == 5 * count)
        #expect(devices.allSatisfy { $0.asked.count == 5 })
        pool.close()
    }
}
