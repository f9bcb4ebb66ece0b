import DriverAPI
import ReadPlanning
import Synchronization

@testable import Modbus

/// A device with 65536 registers and coils, each holding its own address until it is written.
///
/// It remembers what it was asked.
final class Registers: ModbusHandler {
    struct Asked: Sendable, Equatable {
        var unit: UInt8
        var function: UInt8
        var address: Int
        var moment: MonotonicTime
    }

    private let state = Mutex((written: [Int: UInt16](), asked: [Asked]()))
    private let turnaround: Mutex<Duration>

    init(turnaround: Duration = .zero) { self.turnaround = Mutex(turnaround) }

    /// From now on it answers at once.
    func hurry() { turnaround.withLock { $0 = .zero } }

    var asked: [Asked] { state.withLock { $0.asked } }
    func word(at address: Int) -> UInt16 { state.withLock { $0.written[address] ?? UInt16(address) } }

    func respond(unit: UInt8, pdu: [UInt8], at moment: MonotonicTime) -> ModbusReply {
        let request: ServerRequest
        do throws(ModbusException) {
            request = try ServerRequest(pdu: pdu)
        } catch {
            return .pdu(error.pdu(for: pdu.first ?? 0))
        }
        let answer: [UInt8] = state.withLock { state in
            state.asked.append(
                Asked(unit: unit, function: request.function, address: request.range.lowerBound, moment: moment))
            switch request {
            case .read(let read):
                let words = read.range.map { state.written[$0] ?? UInt16($0) }
                return request.answer(read.table.isBits ? words.map { $0 & 1 } : words)
            case .write(let write):
                for (offset, word) in write.words.enumerated() { state.written[Int(write.address) + offset] = word }
                return request.answer()
            }
        }
        let turnaround = turnaround.withLock { $0 }
        return turnaround > .zero ? .delayed(answer, turnaround) : .pdu(answer)
    }
}

extension ModbusServer {
    /// Listens on a free port of the loopback.
    func endpoint(_ handler: any ModbusHandler, rules: ListenerRules = ListenerRules()) throws -> Endpoint {
        .tcp(host: "127.0.0.1", port: try listen(on: "127.0.0.1", port: 0, rules: rules, handler: handler).port)
    }
}

extension Bus {
    /// Reads holding registers of unit 1 with the options' defaults.
    func registers(
        _ address: UInt16, _ count: UInt16 = 1, unit: UInt8 = 1, timeout: Duration = .seconds(20)
    ) async throws(LinkError) -> [UInt16] {
        try await read(
            ReadRequest(.holding, at: address, count: count), unit: unit, options: RequestOptions(timeout: timeout))
    }
}

/// What a call throws.
func failure<T>(_ body: () async throws(LinkError) -> T) async -> LinkError? {
    do throws(LinkError) {
        _ = try await body()
        return nil
    } catch {
        return error
    }
}

/// Waits for a condition; false after a time that only a broken program takes.
func eventually(_ condition: () -> Bool) async -> Bool {
    for _ in 0..<6000 {
        if condition() { return true }
        try? await Task.sleep(for: .milliseconds(5))
    }
    return false
}
