import Glibc

extension IPAddress {
    /// The addresses of this machine's interfaces in figures, loopback included; IPv6 without zones.
    public static func own() -> Set<String> {
        var first: UnsafeMutablePointer<ifaddrs>?
        guard getifaddrs(&first) == 0 else { return [] }
        defer { freeifaddrs(first) }
        var found: Set<String> = []
        var next = first
        while let entry = next?.pointee {
            next = entry.ifa_next
            guard let address = entry.ifa_addr else { continue }
            let length =
                switch Int32(address.pointee.sa_family) {
                case AF_INET: MemoryLayout<sockaddr_in>.size
                case AF_INET6: MemoryLayout<sockaddr_in6>.size
                default: 0
                }
            guard length > 0 else { continue }
            found.insert(String(SocketAddress(address, length: socklen_t(length)).host.prefix { $0 != "%" }))
        }
        return found
    }
}
