import DriverAPI
import Glibc
import Synchronization

@testable import Modbus

/// A peer that answers Modbus TCP badly, byte by byte as a test says. One connection at a time.
final class FakeDevice: Sendable {
    enum Action: Sendable {
        case send([UInt8])
        case wait(Duration)
        case close
    }

    /// A request as it came: transaction, unit and PDU.
    struct Request: Sendable {
        var transaction: UInt16
        var unit: UInt8
        var pdu: [UInt8]

        /// A well-formed answer.
        func answer(_ pdu: [UInt8], unit: UInt8? = nil, transaction: UInt16? = nil) -> [UInt8] {
            MBAPFramer.sealed(pdu, unit: unit ?? self.unit, transaction: transaction ?? self.transaction)
        }

        /// An answer to a read of registers, all with the same value.
        func registers(_ value: UInt16) -> [UInt8] {
            let count = Int(pdu[3]) << 8 | Int(pdu[4])
            let words = [UInt16](repeating: value, count: count)
            return answer([pdu[0], UInt8(2 * count)] + words.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] })
        }
    }

    typealias Script = @Sendable (_ number: Int, _ request: Request) -> [Action]

    let port: Int
    private let socket: Int32
    private let counts = Mutex((connections: 0, requests: [Request]()))

    var endpoint: Endpoint { .tcp(host: "127.0.0.1", port: port) }
    var connections: Int { counts.withLock { $0.connections } }
    var requests: [Request] { counts.withLock { $0.requests } }

    init(_ script: @escaping Script) throws {
        socket = try ListeningSocket.open("127.0.0.1", 0)
        port = SocketAddress.local(of: socket)?.port ?? 0
        Descriptor.setBlocking(socket, true)
        let failed = DetachedThread.start(named: "fake device") { [self] in
            while true {
                let client = accept(socket, nil, nil)
                if client < 0 { return }
                counts.withLock { $0.connections += 1 }
                talk(client, script)
                Glibc.close(client)
            }
        }
        if let failed { throw SystemError(code: failed) }
    }

    /// Stops listening.
    func stop() { shutdown(socket, Int32(SHUT_RDWR)) }

    private func talk(_ client: Int32, _ script: Script) {
        while let request = read(client) {
            let number = counts.withLock { counts in
                counts.requests.append(request)
                return counts.requests.count
            }
            for action in script(number, request) {
                switch action {
                case .send(let bytes): _ = Glibc.send(client, bytes, bytes.count, Int32(MSG_NOSIGNAL))
                case .wait(let time): Descriptor.sleep(until: SystemClock().now.advanced(by: time))
                case .close: return
                }
            }
        }
    }

    private func read(_ client: Int32) -> Request? {
        guard let header = read(client, count: 7) else { return nil }
        guard let pdu = read(client, count: Int(header[5]) - 1) else { return nil }
        return Request(transaction: UInt16(header[0]) << 8 | UInt16(header[1]), unit: header[6], pdu: pdu)
    }

    private func read(_ client: Int32, count: Int) -> [UInt8]? {
        var bytes: [UInt8] = []
        while bytes.count < count {
            var byte: UInt8 = 0
            guard recv(client, &byte, 1, 0) == 1 else { return nil }
            bytes.append(byte)
        }
        return bytes
    }
}
