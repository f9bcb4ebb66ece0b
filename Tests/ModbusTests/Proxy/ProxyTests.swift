import DriverAPI
import Glibc
import ReadPlanning
import Synchronization
import Testing

@testable import Modbus

@Suite(.serialized) struct ProxyTests {
    /// A proxy in front of `target`, and the way to it.
    struct Front {
        let server: ModbusServer
        let bus: Bus
        let proxy: ModbusProxy
        let port: Int

        init(
            _ target: Endpoint, _ rules: ProxyRules = ProxyRules(timeout: .seconds(20)),
            listener: ListenerRules = ListenerRules()
        ) throws {
            server = try ModbusServer()
            bus = Bus(target)
            proxy = ModbusProxy(to: bus, rules: rules)
            port = try server.listen(on: "127.0.0.1", port: 0, rules: listener, deferring: proxy).port
        }

        /// A bus through the proxy.
        func client() -> Bus { Bus(.tcp(host: "127.0.0.1", port: port)) }

        /// A client that sends bytes as they are; the proxy lives as long as it does.
        func raw() throws -> Client { Client(raw: try RawClient(port: port), front: self) }
    }

    /// A client and what it talks to.
    struct Client {
        let raw: RawClient
        let front: Front
        func send(_ bytes: [UInt8]) { raw.send(bytes) }
        func receive(_ count: Int) -> [UInt8] { raw.receive(count) }
    }

    private func request(_ transaction: UInt16, unit: UInt8 = 1, _ pdu: [UInt8]) -> [UInt8] {
        [UInt8(transaction >> 8), UInt8(transaction & 0xFF), 0, 0, 0, UInt8(pdu.count + 1), unit] + pdu
    }

    private func ask(_ client: Client, _ pdu: [UInt8], unit: UInt8 = 1) -> [UInt8] {
        client.send(request(77, unit: unit, pdu))
        let header = client.receive(7)
        guard header.count == 7 else { return [] }
        #expect(header.prefix(2) == [0, 77])
        #expect(header[6] == unit)
        return client.receive(Int(header[5]) - 1)
    }

    @Test func twentyClientsWithTheSameTransactionIdsGetTheirOwnAnswers() async throws {
        let device = Registers()
        let server = try ModbusServer()
        let front = try Front(try server.endpoint(device))
        let wrong = try await withThrowingTaskGroup(of: Int.self) { group in
            for client in 0..<20 {
                group.addTask {
                    let bus = front.client()
                    defer { bus.close() }
                    var wrong = 0
                    for round in 0..<50 {
                        let address = UInt16(client * 1000 + round * 7)
                        if try await bus.registers(address, 2) != [address, address + 1] { wrong += 1 }
                    }
                    return wrong
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(wrong == 0)
        #expect(device.asked.count == 1000)
    }

    @Test func everyFunctionPassesThrough() async throws {
        struct Echo: ModbusHandler {
            let seen: @Sendable ([UInt8]) -> [UInt8]
            func respond(unit: UInt8, pdu: [UInt8], at moment: MonotonicTime) -> ModbusReply { .pdu(seen(pdu)) }
        }
        let log = Log()
        let answers: [UInt8: [UInt8]] = [
            1: [1, 1, 0b101], 2: [2, 1, 0b010], 3: [3, 2, 0, 7], 4: [4, 2, 0, 8], 5: [5, 0, 1, 0xFF, 0],
            6: [6, 0, 1, 0, 9], 7: [7, 0x6D], 15: [15, 0, 1, 0, 3], 16: [16, 0, 1, 0, 2], 17: [17, 3, 1, 0xFF, 5],
            22: [22, 0, 4, 0, 0xF2, 0, 0x25], 23: [23, 2, 0, 6], 43: [0x2B, 0x0E, 1, 1, 0, 0, 0], 100: [100, 1, 2, 3],
        ]
        let server = try ModbusServer()
        let target = try server.endpoint(
            Echo { pdu in
                log.add(pdu)
                return answers[pdu[0]] ?? [pdu[0] | 0x80, 1]
            })
        let client = try Front(target).raw()
        let requests: [[UInt8]] = [
            [1, 0, 0, 0, 3], [2, 0, 0, 0, 3], [3, 0, 0, 0, 1], [4, 0, 0, 0, 1], [5, 0, 1, 0xFF, 0], [6, 0, 1, 0, 9],
            [7], [15, 0, 1, 0, 3, 1, 5], [16, 0, 1, 0, 2, 4, 0, 1, 0, 2], [17], [22, 0, 4, 0, 0xF2, 0, 0x25],
            [23, 0, 0, 0, 1, 0, 0, 0, 1, 2, 0, 6], [0x2B, 0x0E, 1, 0], [100, 9],
        ]
        for request in requests { #expect(ask(client, request) == answers[request[0]], "\(request)") }
        #expect(log.all == requests)
    }

    final class Log: Sendable {
        private let entries = Mutex<[[UInt8]]>([])
        var all: [[UInt8]] { entries.withLock { $0 } }
        func add(_ pdu: [UInt8]) { entries.withLock { $0.append(pdu) } }
    }

    @Test(
        arguments: [
            [3, 0, 0, 0], [3, 0, 0, 0, 0], [3, 0, 0, 0, 126], [3, 0, 0, 0, 1, 9], [16, 0, 0, 0, 2, 4, 0, 1],
            [16, 0, 0, 0, 2, 3, 0, 1, 0], [6, 0, 1], [5, 0, 1, 1, 0], [22, 0, 4, 0, 0xF2],
            [23, 0, 0, 0, 1, 0, 0, 0, 1, 3, 0, 6],
            [23, 0],
        ] as [[UInt8]])
    func whatNoDeviceCanAnswerNeverReachesTheLine(_ pdu: [UInt8]) throws {
        let device = Registers()
        let server = try ModbusServer()
        let client = try Front(try server.endpoint(device)).raw()
        #expect(ask(client, pdu) == [pdu[0] | 0x80, 3])
        #expect(device.asked.isEmpty)
    }

    @Test func whatTheDeviceRefusesIsPassedOn() throws {
        let device = try FakeDevice { _, request in [.send(request.answer([request.pdu[0] | 0x80, 6]))] }
        defer { device.stop() }
        let client = try Front(device.endpoint).raw()
        #expect(ask(client, [3, 0, 0, 0, 1]) == [0x83, 6])
        #expect(ask(client, [6, 0, 0, 0, 1]) == [0x86, 6])
        #expect(ask(client, [0x2B, 0x0E, 1, 0]) == [0xAB, 6])
    }

    @Test func aDeviceThatDoesNotAnswerIsException11() throws {
        let device = try FakeDevice { _, _ in [] }
        defer { device.stop() }
        let front = try Front(device.endpoint, ProxyRules(timeout: .milliseconds(50)))
        let client = try front.raw()
        #expect(ask(client, [3, 0, 0, 0, 1]) == [0x83, 11])
        #expect(ask(client, [6, 0, 0, 0, 1]) == [0x86, 11])
    }

    @Test func aWayThatIsNotThereIsException10() throws {
        let port = try ListeningSocket.open("127.0.0.1", 0)
        let number = SocketAddress.local(of: port)?.port ?? 0
        close(port)
        let client = try Front(.tcp(host: "127.0.0.1", port: number)).raw()
        #expect(ask(client, [3, 0, 0, 0, 1]) == [0x83, 10])
    }

    @Test func nothingIsWrittenThroughAReadOnlyProxy() throws {
        let device = Registers()
        let server = try ModbusServer()
        let client = try Front(try server.endpoint(device), ProxyRules(isReadOnly: true, timeout: .seconds(20))).raw()
        for pdu: [UInt8] in [
            [5, 0, 1, 0xFF, 0], [6, 0, 1, 0, 9], [15, 0, 1, 0, 3, 1, 5], [16, 0, 1, 0, 1, 2, 0, 1],
            [22, 0, 4, 0, 0xF2, 0, 0x25], [23, 0, 0, 0, 1, 0, 0, 0, 1, 2, 0, 6], [100, 1],
        ] {
            #expect(ask(client, pdu) == [pdu[0] | 0x80, 1])
        }
        #expect(ask(client, [3, 0, 9, 0, 1]) == [3, 2, 0, 9])
        #expect(device.asked.map(\.function) == [3])
    }

    @Test func aUnitThatSomebodyElseGovernsIsReadAndNotWritten() throws {
        let device = Registers()
        let server = try ModbusServer()
        let front = try Front(try server.endpoint(device), ProxyRules(guarded: [1], timeout: .seconds(20)))
        let client = try front.raw()
        #expect(ask(client, [6, 0, 1, 0, 9], unit: 1) == [0x86, 1])
        #expect(ask(client, [6, 0, 1, 0, 9], unit: 2) == [6, 0, 1, 0, 9])
        #expect(ask(client, [3, 0, 9, 0, 1], unit: 1) == [3, 2, 0, 9])
        front.proxy.follow(ProxyRules(timeout: .seconds(20)))
        #expect(ask(client, [6, 0, 1, 0, 9], unit: 1) == [6, 0, 1, 0, 9])
    }

    @Test func theSameReadIsAskedOnceAndAgainAfterAWrite() throws {
        let device = Registers()
        let server = try ModbusServer()
        let rules = ProxyRules(timeout: .seconds(20), freshness: .seconds(3600))
        let front = try Front(try server.endpoint(device), rules)
        let clients = try (0..<3).map { _ in try front.raw() }
        for client in clients { #expect(ask(client, [3, 0, 9, 0, 1]) == [3, 2, 0, 9]) }
        #expect(device.asked.count == 1)
        #expect(front.proxy.statistics.shared == 2)
        // Another count, table or unit is another read.
        _ = ask(clients[0], [3, 0, 9, 0, 2])
        _ = ask(clients[0], [4, 0, 9, 0, 1])
        _ = ask(clients[0], [3, 0, 9, 0, 1], unit: 2)
        #expect(device.asked.count == 4)
        #expect(ask(clients[1], [6, 0, 9, 0, 55]) == [6, 0, 9, 0, 55])
        #expect(ask(clients[2], [3, 0, 9, 0, 1]) == [3, 2, 0, 55])
        #expect(ask(clients[2], [3, 0, 9, 0, 1], unit: 2) == [3, 2, 0, 9])
        #expect(device.asked.count == 6)
    }

    @Test func anAnswerCountsForAShortWhileOnly() async throws {
        let device = Registers()
        let server = try ModbusServer()
        let front = try Front(
            try server.endpoint(device), ProxyRules(timeout: .seconds(20), freshness: .milliseconds(20)))
        let client = try front.raw()
        _ = ask(client, [3, 0, 9, 0, 1])
        try await Task.sleep(for: .milliseconds(30))
        _ = ask(client, [3, 0, 9, 0, 1])
        #expect(device.asked.count == 2)
    }

    @Test func clientsThatAskWhileTheAnswerIsUnderWayShareIt() throws {
        let device = Registers(turnaround: .milliseconds(100))
        let server = try ModbusServer()
        let front = try Front(try server.endpoint(device), ProxyRules(timeout: .seconds(20), freshness: .zero))
        let clients = try (0..<10).map { _ in try front.raw() }
        for client in clients { client.send(request(5, [3, 0, 9, 0, 1])) }
        for client in clients { #expect(client.receive(11) == [0, 5, 0, 0, 0, 5, 1, 3, 2, 0, 9]) }
        #expect(device.asked.count == 1)
    }

    @Test func aClientThatGoesAwayTakesItsRequestsWithIt() async throws {
        let device = Registers(turnaround: .milliseconds(60))
        let server = try ModbusServer()
        let front = try Front(try server.endpoint(device), listener: ListenerRules(pending: 100))
        var gone: Client? = try front.raw()
        for address in 0..<100 { gone?.send(request(UInt16(address), [3, 0, UInt8(address), 0, 1])) }
        #expect(await eventually { device.asked.count >= 1 })
        gone = nil
        let client = try front.raw()
        #expect(ask(client, [3, 1, 0, 0, 1]) == [3, 2, 1, 0])
        // The one under way, perhaps the next, and the honest client's: not a hundred.
        #expect(device.asked.count < 50)
    }

    @Test func tooManyAreToldToWait() throws {
        let device = Registers(turnaround: .milliseconds(100))
        let server = try ModbusServer()
        let front = try Front(
            try server.endpoint(device), ProxyRules(timeout: .seconds(20), pending: 4),
            listener: ListenerRules(pending: 100))
        let client = try front.raw()
        client.send((0..<10).flatMap { request(UInt16($0), [3, 0, UInt8($0), 0, 1]) })
        var busy = 0
        for _ in 0..<6 where client.receive(9).suffix(2) == [0x83, 6] { busy += 1 }
        #expect(busy == 6)
        for _ in 0..<4 { #expect(client.receive(11).count == 11) }
    }

    @Test func theHostsOwnRequestsShareTheQueue() async throws {
        let device = Registers(turnaround: .milliseconds(30))
        let server = try ModbusServer()
        let front = try Front(try server.endpoint(device, rules: ListenerRules(clients: 1)))
        // The device takes one client only: host and proxy are one.
        let client = front.client()
        async let own = front.bus.registers(1)
        async let theirs = client.registers(2)
        #expect(try await own == [1])
        #expect(try await theirs == [2])
        #expect(front.bus.connectionEpoch == 1)
    }
}
