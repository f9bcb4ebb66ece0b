/// Where a server listens: `0.0.0.0:4701`, `[::]:4701`, `127.0.0.1:0`.
public struct ListenAddress: Hashable, Sendable {
    /// An IP address or a host name.
    public var host: String
    /// 0 takes a free port.
    public var port: Int

    /// Makes an address.
    public init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// Reads `HOST:PORT`; throws ``AddressError`` for anything else.
    public init(_ text: String) throws(AddressError) {
        let isFree = text.hasSuffix(":0")
        let (host, port) = try Address.hostAndPort(isFree ? text.dropLast() + "1" : text[...])
        guard let port else { throw .listenPort(text) }
        self.init(host: host, port: isFree ? 0 : port)
    }

    /// Whether both cannot be had at once.
    public func clashes(with other: ListenAddress) -> Bool {
        guard port != 0, port == other.port else { return false }
        let all: Set = ["0.0.0.0", "::"]
        return host == other.host || all.contains(host) || all.contains(other.host)
    }
}

extension ListenAddress: CustomStringConvertible {
    /// The address as the site file writes it.
    public var description: String { "\(Endpoint.bracketed(host)):\(port)" }
}
