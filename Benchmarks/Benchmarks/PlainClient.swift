import DriverAPI
import Glibc

/// A Modbus TCP client that waits on its own thread for each answer, so that what is measured is the other side.
final class PlainClient {
    private let fd: Int32
    private var request: [UInt8] = [0, 1, 0, 0, 0, 6, 1, 3, 0, 0, 0, 10]
    private var answer = [UInt8](repeating: 0, count: 512)

    init(port: Int) throws {
        fd = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let failed = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(fd, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard failed == 0 else { throw BenchmarkFailure("no connection to port \(port)") }
        var one: Int32 = 1
        setsockopt(fd, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
    }

    deinit { close(fd) }

    /// Reads ten registers; throws when the answer is not the right one.
    func read(_ address: UInt16) throws {
        request[8] = UInt8(address >> 8)
        request[9] = UInt8(address & 0xFF)
        guard send(fd, request, request.count, Int32(MSG_NOSIGNAL)) == request.count else {
            throw BenchmarkFailure("the request could not be sent")
        }
        var count = 0
        while count < 29 {
            let more = answer.withUnsafeMutableBytes { room in
                room.baseAddress.map { recv(fd, $0 + count, 512 - count, 0) } ?? -1
            }
            guard more > 0 else { throw BenchmarkFailure("the connection ended") }
            count += more
        }
        guard count == 29, answer[9] == request[8], answer[10] == request[9] else {
            throw BenchmarkFailure("a wrong answer")
        }
    }

    /// The median time of `count` reads at different addresses, in µs.
    func median(of count: Int) throws -> Double {
        let clock = SystemClock()
        var times: [Double] = []
        for number in 0..<count {
            let start = clock.now
            try read(UInt16(number * 11 % 60_000))
            times.append(start.duration(to: clock.now).inSeconds * 1e6)
        }
        return times.sorted()[count / 2]
    }
}
