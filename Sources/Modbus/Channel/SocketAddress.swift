import Glibc

/// An IP address and a port, as the system wants them.
struct SocketAddress: Hashable, Sendable {
    private var storage: [UInt8]

    init(_ address: UnsafePointer<sockaddr>, length: socklen_t) {
        storage = Array(UnsafeRawBufferPointer(start: address, count: Int(length)))
    }

    /// AF_INET or AF_INET6.
    var family: Int32 {
        storage.withUnsafeBytes { Int32($0.loadUnaligned(as: sa_family_t.self)) }
    }

    /// The port.
    var port: Int { storage.count >= 4 ? Int(storage[2]) << 8 | Int(storage[3]) : 0 }

    /// The IP address in figures; an IPv4 address mapped into IPv6 as IPv4.
    var host: String {
        var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        let failed = withPointer { getnameinfo($0, $1, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST) }
        guard failed == 0 else { return "?" }
        let host = String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return host.hasPrefix("::ffff:") ? String(host.dropFirst(7)) : host
    }

    /// Calls `body` with what the socket functions take.
    func withPointer<R>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> R) -> R {
        var copy = sockaddr_storage()
        withUnsafeMutableBytes(of: &copy) { $0.copyBytes(from: storage.prefix($0.count)) }
        return withUnsafePointer(to: &copy) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(storage.count)) }
        }
    }

    /// The address a socket is bound to.
    static func local(of fd: Int32) -> SocketAddress? {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        return withUnsafeMutablePointer(to: &storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                getsockname(fd, address, &length) == 0 ? SocketAddress(address, length: length) : nil
            }
        }
    }

    /// Looks a name up; blocks as long as the resolver does. The text says why there is none.
    static func resolve(_ host: String, port: Int, passive: Bool = false) -> Result<[SocketAddress], ResolveError> {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_NUMERICSERV | (passive ? AI_PASSIVE : 0)
        var list: UnsafeMutablePointer<addrinfo>?
        let failed = getaddrinfo(host, String(port), &hints, &list)
        defer { if let list { freeaddrinfo(list) } }
        guard failed == 0 else {
            let text = failed == EAI_SYSTEM ? Descriptor.text(errno) : String(cString: gai_strerror(failed))
            return .failure(ResolveError(text: "the name \(host) is not known (\(text))"))
        }
        var found: [SocketAddress] = []
        var next = list
        while let entry = next?.pointee {
            if let address = entry.ai_addr { found.append(SocketAddress(address, length: entry.ai_addrlen)) }
            next = entry.ai_next
        }
        return found.isEmpty ? .failure(ResolveError(text: "the name \(host) has no address")) : .success(found)
    }
}

extension SocketAddress: CustomStringConvertible {
    var description: String { "\(Endpoint.bracketed(host)):\(port)" }
}

/// Why a name gave no address, in words.
struct ResolveError: Error, Hashable {
    let text: String
}
