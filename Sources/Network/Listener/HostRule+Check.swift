extension HostRule {
    /// Whether a request on `local` from `peer` may name this host; a host without a port means the standard one.
    func allows(_ named: String?, local: PeerAddress, peer: PeerAddress, standardPort: UInt16 = 80) -> Bool {
        if self == .any { return true }
        guard let named, let asked = Authority(named) else { return false }
        let port = asked.port ?? standardPort
        switch self {
        case .any: return true
        case .only(let names): return HostRule.contains(names, asked, port, local)
        case .own(let names):
            if port == local.port, HostRule.isSameAddress(asked.host, local.host) { return true }
            if port == local.port, peer.isLoopback, asked.host == "localhost" { return true }
            return HostRule.contains(names, asked, port, local)
        }
    }

    private static func contains(_ names: Set<String>, _ asked: Authority, _ port: UInt16, _ local: PeerAddress) -> Bool
    {
        names.contains { name in
            guard let allowed = Authority(name) else { return false }
            return isSameAddress(allowed.host, asked.host) && (allowed.port ?? local.port) == port
        }
    }

    /// IPv6 addresses can be written in several ways.
    private static func isSameAddress(_ one: String, _ other: String) -> Bool {
        if one == other { return true }
        guard one.contains(":"), other.contains(":") else { return false }
        guard let first = SocketAddress(ListenAddress(host: one, port: 0)),
            let second = SocketAddress(ListenAddress(host: other, port: 0))
        else { return false }
        return first.numeric.host == second.numeric.host
    }
}
