import DriverAPI
import Glibc

@testable import Modbus

/// A client that sends any bytes it likes.
final class RawClient: Sendable {
    private let fd: Int32

    init(port: Int, host: String = "127.0.0.1") throws {
        fd = try TCPConnection.open(host: host, port: port, timeout: .seconds(20))
        Descriptor.setBlocking(fd, true)
        TCPConnection.setReceiveTimeout(fd, milliseconds: 20_000)
    }

    deinit { close(fd) }

    func send(_ bytes: [UInt8]) { _ = Glibc.send(fd, bytes, bytes.count, Int32(MSG_NOSIGNAL)) }

    /// So many bytes, fewer when the server closed before.
    func receive(_ count: Int) -> [UInt8] {
        var all: [UInt8] = []
        while all.count < count {
            var byte: UInt8 = 0
            guard recv(fd, &byte, 1, 0) == 1 else { return all }
            all.append(byte)
        }
        return all
    }

    /// Whether the server closed the connection.
    var isEnded: Bool { receive(1).isEmpty }
}
