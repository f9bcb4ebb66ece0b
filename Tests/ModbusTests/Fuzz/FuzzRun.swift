import DriverAPI
import Glibc
import ReadPlanning
import Testing

@testable import Modbus

/// A server and a proxy among clients that mean no good: noise, broken and endless requests, floods whose answers nobody
/// reads, and connections that are opened and dropped. Honest clients beside them must get every answer.
final class FuzzRun {
    private let server: ModbusServer
    private let bus: Bus
    private let fronts: [Int]
    private var honest: [RawClient] = []
    private var hostile: [Int32] = []
    private var source: FuzzSource
    private(set) var attacks = 0

    init(seed: UInt64) throws {
        source = FuzzSource(seed: seed)
        server = try ModbusServer()
        bus = Bus(try server.endpoint(Registers()))
        let rules = ListenerRules(clients: 16, patience: .milliseconds(20))
        let proxy = ModbusProxy(to: bus, rules: ProxyRules(timeout: .seconds(20), pending: 64))
        fronts = [
            try server.listen(on: "127.0.0.1", port: 0, rules: rules, handler: FuzzHandler()).port,
            try server.listen(on: "127.0.0.1", port: 0, framing: .rtu, rules: rules, handler: FuzzHandler()).port,
            try server.listen(on: "127.0.0.1", port: 0, rules: rules, deferring: proxy).port,
        ]
    }

    deinit {
        for fd in hostile { close(fd) }
        bus.close()
    }

    /// One attack and one honest request to each front of Modbus TCP; false when an honest client was not answered.
    func step() -> Bool {
        attack()
        attacks += 1
        return [0, 2].allSatisfy { isAnswered(fronts[$0]) }
    }

    /// A new client each time: places must be free for it, or freed. One that is turned away tries again.
    private func isAnswered(_ port: Int) -> Bool {
        let address = UInt8(source.choose(100))
        for _ in 0..<200 {
            if let client = try? RawClient(port: port) {
                client.send([9, 9, 0, 0, 0, 6, 1, 3, 1, address, 0, 1])
                // An exception has nine bytes, the answer two more.
                let start = client.receive(9)
                if start == [9, 9, 0, 0, 0, 5, 1, 3, 2] { return client.receive(2) == [1, address] }
                // The proxy may say that too many wait; nothing else.
                guard start.isEmpty || start == [9, 9, 0, 0, 0, 3, 1, 0x83, 6] else { return false }
            }
            usleep(5000)
        }
        return false
    }

    private func attack() {
        let port = fronts[source.choose(fronts.count)]
        switch source.choose(5) {
        case 0: send(source.bytes(), to: port, stays: false)
        case 1: send(source.bytes(), to: port, stays: true)
        case 2: send(Array(source.request().prefix(1 + source.choose(11))), to: port, stays: true)
        case 3:
            let flood = (0..<200).reduce(into: [UInt8]()) { bytes, _ in bytes += source.request() }
            for _ in 0..<5 { send(flood, to: port, stays: true) }
        default: for _ in 0..<10 { send([], to: port, stays: false) }
        }
    }

    /// Sends without ever reading; a connection that stays is dropped when there are a few of them.
    private func send(_ bytes: [UInt8], to port: Int, stays: Bool) {
        guard let fd = try? TCPConnection.open(host: "127.0.0.1", port: port, timeout: .seconds(5)) else { return }
        _ = Glibc.send(fd, bytes, bytes.count, Int32(MSG_NOSIGNAL | MSG_DONTWAIT))
        guard stays else {
            close(fd)
            return
        }
        hostile.append(fd)
        if hostile.count > 24 { close(hostile.remove(at: source.choose(hostile.count))) }
    }

    /// Memory of the process in MB.
    static var memory: Int {
        var bytes = [UInt8](repeating: 0, count: 128)
        let fd = open("/proc/self/statm", O_RDONLY)
        defer { close(fd) }
        guard fd >= 0, read(fd, &bytes, bytes.count) > 0 else { return 0 }
        let fields = String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self).split(separator: " ")
        return fields.count > 1 ? (Int(fields[1]) ?? 0) * 4 / 1024 : 0
    }
}

/// Answers reads with the registers' own addresses, and remembers nothing.
private struct FuzzHandler: ModbusHandler {
    func respond(unit: UInt8, pdu: [UInt8], at moment: MonotonicTime) -> ModbusReply {
        do throws(ModbusException) {
            let request = try ServerRequest(pdu: pdu)
            guard case .read(let read) = request else { return .pdu(request.answer()) }
            return .pdu(request.answer(read.range.map { UInt16(truncatingIfNeeded: $0) }))
        } catch {
            return .pdu(error.pdu(for: pdu.first ?? 0))
        }
    }
}
