import CWebSockets
import Glibc

/// An address as the system writes it.
struct SocketAddress {
    private var storage = sockaddr_storage()
    private var length = socklen_t(MemoryLayout<sockaddr_storage>.size)

    private init() {}

    /// Nil when the host is not numeric. A scope (`fe80::1%eth0`) is taken.
    init?(_ address: ListenAddress) {
        var hints = addrinfo()
        hints.ai_flags = AI_NUMERICHOST | AI_PASSIVE
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        guard !address.host.utf8.contains(0), !address.host.isEmpty,
            getaddrinfo(address.host, String(address.port), &hints, &found) == 0, let found
        else { return nil }
        defer { freeaddrinfo(found) }
        guard let source = found.pointee.ai_addr else { return nil }
        length = found.pointee.ai_addrlen
        withUnsafeMutableBytes(of: &storage) { target in
            target.copyMemory(from: UnsafeRawBufferPointer(start: source, count: Int(length)))
        }
    }

    var family: Int32 { Int32(storage.ss_family) }

    /// The own end of a socket.
    static func local(of socket: Int32) -> SocketAddress? {
        var address = SocketAddress()
        let done = address.fill { getsockname(socket, $0, $1) }
        return done == 0 ? address : nil
    }

    /// The other end of a socket.
    static func peer(of socket: Int32) -> SocketAddress? {
        var address = SocketAddress()
        let done = address.fill { getpeername(socket, $0, $1) }
        return done == 0 ? address : nil
    }

    /// Takes a connection and says who made it; the socket does not block. Below 0 is an error in `errno`.
    static func accept(_ socket: Int32) -> (socket: Int32, peer: SocketAddress) {
        var address = SocketAddress()
        let accepted = address.fill { accept4(socket, $0, $1, CH_SOCK_FLAGS) }
        return (accepted, address)
    }

    func bind(_ socket: Int32) -> Int32 {
        withUnsafeBytes(of: storage) { bytes in
            guard let base = bytes.bindMemory(to: sockaddr.self).baseAddress else { return -1 }
            return CWebSockets.bind(socket, base, length)
        }
    }

    /// In figures; an IPv4 address that came in on an IPv6 socket is shown as IPv4.
    var numeric: PeerAddress {
        var host = [CChar](repeating: 0, count: 64)
        var port = [CChar](repeating: 0, count: 8)
        withUnsafeBytes(of: storage) { bytes in
            _ = getnameinfo(
                bytes.bindMemory(to: sockaddr.self).baseAddress, length, &host, socklen_t(host.count), &port,
                socklen_t(port.count), NI_NUMERICHOST | NI_NUMERICSERV)
        }
        let text = SocketAddress.text(host)
        let mapped = "::ffff:"
        let plain = text.hasPrefix(mapped) && text.contains(".") ? String(text.dropFirst(mapped.count)) : text
        return PeerAddress(host: plain, port: UInt16(SocketAddress.text(port)) ?? 0)
    }

    private mutating func fill(
        _ call: (UnsafeMutablePointer<sockaddr>?, UnsafeMutablePointer<socklen_t>) -> Int32
    ) -> Int32 {
        withUnsafeMutableBytes(of: &storage) { bytes in
            call(bytes.bindMemory(to: sockaddr.self).baseAddress, &length)
        }
    }

    private static func text(_ characters: [CChar]) -> String {
        String(decoding: characters.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
