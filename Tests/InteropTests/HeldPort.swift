import Glibc
import Testing

/// A free port of 127.0.0.1 that nobody else is given while this object lives: a host that goes on asking a device that is
/// gone must not come upon the device of another test.
///
/// It is bound and does not listen: a program that sets SO_REUSEADDR, as all servers here do, can listen on it, and where
/// none does connections are refused (socket(7), ip(7)).
final class HeldPort: Sendable {
    let number: Int
    private let descriptor: Int32

    init() throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var on: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<Int32>.size))
        var place = sockaddr_in()
        place.sin_family = sa_family_t(AF_INET)
        place.sin_addr.s_addr = inet_addr("127.0.0.1")
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = descriptor
        let isBound = withUnsafeMutablePointer(to: &place) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, size) == 0 && getsockname(descriptor, $0, &size) == 0
            }
        }
        number = Int(UInt16(bigEndian: place.sin_port))
        try #require(isBound && number > 0, "no port is free")
    }

    deinit { close(descriptor) }
}
