import DriverAPI
import Glibc
import ReadPlanning
import Synchronization
import Testing

@testable import Modbus

/// Clients that mean no good, and honest ones beside them.
@Suite(.serialized) struct ServerAbuseTests {
    private func request(_ transaction: UInt16, _ pdu: [UInt8]) -> [UInt8] {
        [UInt8(transaction >> 8), UInt8(transaction & 0xFF), 0, 0, 0, UInt8(pdu.count + 1), 1] + pdu
    }

    @Test func aRequestThatNeverEndsCostsTheConnection() async throws {
        let server = try ModbusServer()
        let listener = try server.listen(
            on: "127.0.0.1", port: 0, rules: ListenerRules(patience: .milliseconds(200)), handler: Registers())
        let slow = try RawClient(port: listener.port)
        let bytes = request(1, [3, 0, 0, 0, 1])
        slow.send(Array(bytes.prefix(3)))
        #expect(slow.isEnded)
        // One byte after the other does not prolong it.
        let slower = try RawClient(port: listener.port)
        let sender = Task {
            for byte in bytes.prefix(11) {
                slower.send([byte])
                try? await Task.sleep(for: .milliseconds(50))
            }
        }
        #expect(slower.isEnded)
        await sender.value
        let honest = try RawClient(port: listener.port)
        honest.send(bytes)
        #expect(honest.receive(11).count == 11)
    }

    @Test func idleClientsGiveTheirPlacesToNewOnes() async throws {
        let server = try ModbusServer()
        let rules = ListenerRules(clients: 8, patience: .milliseconds(100))
        let listener = try server.listen(on: "127.0.0.1", port: 0, rules: rules, handler: Registers())
        let hogs = try (0..<8).map { _ in try RawClient(port: listener.port) }
        try await Task.sleep(for: .milliseconds(150))
        let honest = try RawClient(port: listener.port)
        honest.send(request(1, [3, 0, 0, 0, 1]))
        #expect(honest.receive(11).count == 11)
        #expect(hogs.count == 8)
    }

    @Test func aClientIsReadNoFurtherWhileItsRequestsWait() async throws {
        final class Holding: DeferringModbusHandler {
            let held = Mutex<[@Sendable (ModbusReply) -> Void]>([])
            func respond(
                unit: UInt8, pdu: [UInt8], at moment: MonotonicTime, reply: @escaping @Sendable (ModbusReply) -> Void
            ) -> ModbusAnswer {
                held.withLock { $0.append(reply) }
                return .later {}
            }
            func release() -> Int {
                let replies = held.withLock { held in
                    defer { held = [] }
                    return held
                }
                for reply in replies { reply(.pdu([3, 2, 0, 1])) }
                return replies.count
            }
        }
        let handler = Holding()
        let server = try ModbusServer()
        let listener = try server.listen(
            on: "127.0.0.1", port: 0, rules: ListenerRules(pending: 5), deferring: handler)
        let client = try RawClient(port: listener.port)
        client.send((0..<20).flatMap { request(UInt16($0), [3, 0, 0, 0, 1]) })
        #expect(await eventually { handler.held.withLock { $0.count } == 5 })
        try await Task.sleep(for: .milliseconds(50))
        var answered = 0
        while answered < 20 {
            #expect(await eventually { handler.held.withLock { $0.count } == 5 })
            answered += handler.release()
            for _ in 0..<5 { #expect(client.receive(11).count == 11) }
        }
        #expect(answered == 20)
    }

    @Test func replyingAfterTheClientHasGoneHurtsNobody() async throws {
        final class Late: DeferringModbusHandler {
            let held = Mutex<[@Sendable (ModbusReply) -> Void]>([])
            let cancelled = Atomic<Int>(0)
            func respond(
                unit: UInt8, pdu: [UInt8], at moment: MonotonicTime, reply: @escaping @Sendable (ModbusReply) -> Void
            ) -> ModbusAnswer {
                held.withLock { $0.append(reply) }
                return .later { [self] in cancelled.add(1, ordering: .relaxed) }
            }
            func reply(to number: Int, _ value: UInt8) { held.withLock { $0[number] }(.pdu([3, 2, 0, value])) }
            var count: Int { held.withLock { $0.count } }
        }
        let handler = Late()
        let server = try ModbusServer()
        let listener = try server.listen(on: "127.0.0.1", port: 0, deferring: handler)
        var gone: RawClient? = try RawClient(port: listener.port)
        gone?.send(request(1, [3, 0, 0, 0, 1]))
        #expect(await eventually { handler.count == 1 })
        gone = nil
        #expect(await eventually { handler.cancelled.load(ordering: .relaxed) == 1 })
        handler.reply(to: 0, 1)
        let client = try RawClient(port: listener.port)
        client.send(request(2, [3, 0, 0, 0, 1]))
        #expect(await eventually { handler.count == 2 })
        // The second answer to one request is nobody's.
        handler.reply(to: 1, 2)
        handler.reply(to: 1, 3)
        #expect(client.receive(11) == [0, 2, 0, 0, 0, 5, 1, 3, 2, 0, 2])
        client.send(request(3, [3, 0, 0, 0, 1]))
        #expect(await eventually { handler.count == 3 })
        handler.reply(to: 2, 4)
        #expect(client.receive(11) == [0, 3, 0, 0, 0, 5, 1, 3, 2, 0, 4])
    }
}
