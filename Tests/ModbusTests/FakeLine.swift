import DriverAPI
import Glibc
import Synchronization

@testable import Modbus

/// The far end of a pseudo-terminal that answers RTU requests of 8 bytes badly, as a test says.
final class FakeLine: Sendable {
    enum Action: Sendable {
        case send([UInt8])
        case wait(Duration)
    }

    private let terminal: PseudoTerminal
    private final class Seen: Sendable {
        let requests = Mutex([[UInt8]]())
    }

    private let seen = Seen()

    var requests: [[UInt8]] { seen.requests.withLock { $0 } }
    var endpoint: Endpoint { .serial(path: terminal.path, LineParameters(baud: 115200)) }

    init(_ script: @escaping @Sendable (_ number: Int, _ request: [UInt8]) -> [Action]) throws {
        terminal = try PseudoTerminal()
        let failed = DetachedThread.start(named: "fake line") { [terminal, seen] in
            Descriptor.setBlocking(terminal.master, true)
            while true {
                var request: [UInt8] = []
                while request.count < 8 {
                    var byte: UInt8 = 0
                    guard read(terminal.master, &byte, 1) == 1 else { return }
                    request.append(byte)
                }
                let number = seen.requests.withLock { requests in
                    requests.append(request)
                    return requests.count
                }
                for action in script(number, request) {
                    switch action {
                    case .send(let bytes): _ = write(terminal.master, bytes, bytes.count)
                    case .wait(let time): Descriptor.sleep(until: SystemClock().now.advanced(by: time))
                    }
                }
            }
        }
        if let failed { throw SystemError(code: failed) }
    }

    /// A right answer to a read of registers, all with the same value.
    static func registers(_ value: UInt16, to request: [UInt8]) -> [UInt8] {
        let count = Int(request[4]) << 8 | Int(request[5])
        let words = [UInt16](repeating: value, count: count)
        return CRC16.sealed(
            [request[0], request[1], UInt8(2 * count)] + words.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] })
    }
}
