import Glibc
import Network

/// A TCP client that sends what it is told and nothing else. Its waiting is done on threads of its own, so that it
/// cannot hold up the tasks of the server under test.
final class RawClient: Sendable {
    private let socket: Int32

    /// Connects; `receiveBuffer` makes it a slow reader whose window is soon full.
    init(_ address: ListenAddress, receiveBuffer: Int32? = nil) throws {
        let made = Glibc.socket(address.host.contains(":") ? AF_INET6 : AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard made >= 0 else { throw RawError.system("socket", errno) }
        socket = made
        if var size = receiveBuffer {
            setsockopt(made, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
        }
        // A peer that answers nothing fails the test instead of holding it for ever.
        var limit = timeval(tv_sec: 30, tv_usec: 0)
        setsockopt(made, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(made, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        guard RawClient.connect(made, address) == 0 else {
            let code = errno
            Glibc.close(made)
            throw RawError.system("connect to \(address)", code)
        }
    }

    /// The server's end of a connection.
    init(accepted: Int32) {
        socket = accepted
        var limit = timeval(tv_sec: 30, tv_usec: 0)
        setsockopt(accepted, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(accepted, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit { Glibc.close(socket) }

    func send(_ text: String) async throws { try await send(Array(text.utf8)) }

    /// Sends all bytes; throws when the server has closed.
    func send(_ bytes: [UInt8]) async throws {
        let socket = socket
        let code = await Blocking.run { () -> Int32 in
            var sent = 0
            while sent < bytes.count {
                let count = bytes.withUnsafeBytes { buffer -> Int in
                    guard let base = buffer.baseAddress else { return 0 }
                    return Glibc.send(socket, base + sent, bytes.count - sent, Int32(MSG_NOSIGNAL))
                }
                guard count > 0 else { return errno }
                sent += count
            }
            return 0
        }
        if code != 0 { throw RawError.system("send", code) }
    }

    /// Sends byte by byte with a pause of so many microseconds after each, until all are out or the server has closed.
    func drip(_ bytes: [UInt8], pause: UInt32) async {
        let socket = socket
        await Blocking.run {
            for byte in bytes {
                guard withUnsafeBytes(of: byte, { Glibc.send(socket, $0.baseAddress, 1, Int32(MSG_NOSIGNAL)) }) == 1
                else {
                    return
                }
                usleep(pause)
            }
        }
    }

    /// Sends a handshake, then answers so many empty pings with pongs and no further ones; how many came until the server
    /// closed. All on one thread, so that a busy machine does not delay the answers.
    func answerPings(_ count: Int, after handshake: String) async -> Int {
        let socket = socket
        return await Blocking.run {
            let request = Array(handshake.utf8)
            guard Glibc.send(socket, request, request.count, Int32(MSG_NOSIGNAL)) == request.count else { return -1 }
            var head: [UInt8] = []
            var byte: UInt8 = 0
            while head.suffix(4) != Array("\r\n\r\n".utf8)[...], recv(socket, &byte, 1, 0) == 1 { head.append(byte) }
            var pings = 0
            var frame: [UInt8] = [0, 0]
            while recv(socket, &frame, 2, Int32(MSG_WAITALL)) == 2, frame == [0x89, 0] {
                pings += 1
                let pong: [UInt8] = [0x8A, 0x80, 0, 0, 0, 0]
                if pings <= count { _ = Glibc.send(socket, pong, pong.count, Int32(MSG_NOSIGNAL)) }
            }
            return pings
        }
    }

    /// Some bytes; empty when the server has closed or reset the connection.
    func receive(_ count: Int = 65536) async throws -> [UInt8] {
        let socket = socket
        let (bytes, code) = await Blocking.run { () -> ([UInt8], Int32) in
            var buffer = [UInt8](repeating: 0, count: count)
            let got = recv(socket, &buffer, count, 0)
            return got < 0 ? ([], errno) : (Array(buffer[..<got]), 0)
        }
        if code == EAGAIN { throw RawError.nothingCame }
        return bytes
    }

    /// Everything until the server closes.
    func receiveAll() async throws -> [UInt8] {
        var all: [UInt8] = []
        while true {
            let some = try await receive()
            if some.isEmpty { return all }
            all += some
        }
    }

    /// Says that nothing more comes.
    func endSending() { shutdown(socket, Int32(SHUT_WR)) }

    /// Vanishes without a word more; with unread bytes or `reset`, the server gets a reset.
    func vanish(reset: Bool = false) {
        if reset {
            var linger = linger(l_onoff: 1, l_linger: 0)
            setsockopt(socket, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<linger>.size))
            // Disconnects without giving the number back, which deinit does.
            var nothing = sockaddr()
            nothing.sa_family = sa_family_t(AF_UNSPEC)
            Glibc.connect(socket, &nothing, socklen_t(MemoryLayout<sockaddr>.size))
        } else {
            shutdown(socket, Int32(SHUT_RDWR))
        }
    }

    private static func connect(_ socket: Int32, _ address: ListenAddress) -> Int32 {
        if address.host.contains(":") {
            var place = sockaddr_in6()
            place.sin6_family = sa_family_t(AF_INET6)
            place.sin6_port = address.port.bigEndian
            inet_pton(AF_INET6, address.host, &place.sin6_addr)
            return withUnsafePointer(to: &place) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    Glibc.connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in6>.size))
                }
            }
        }
        var place = sockaddr_in()
        place.sin_family = sa_family_t(AF_INET)
        place.sin_port = address.port.bigEndian
        inet_pton(AF_INET, address.host, &place.sin_addr)
        return withUnsafePointer(to: &place) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }
}

enum RawError: Error {
    case system(String, Int32)
    case nothingCame
    case malformed(String)
}
