/// A place to listen: a numeric IPv4 or IPv6 address and a port.
///
/// Names are not taken: a name may stand for several addresses, and the wrong one would open the site to a network.
public struct ListenAddress: Hashable, Sendable, CustomStringConvertible {
    /// The address in figures, without brackets: `127.0.0.1`, `::1`, `0.0.0.0`, `::`.
    public let host: String
    /// 0 takes a free port.
    public let port: UInt16

    /// Makes an address; what is not numeric is refused when listening begins.
    public init(host: String, port: UInt16) {
        self.host = host
        self.port = port
    }

    /// The machine itself by IPv4; others cannot reach it.
    public static func loopback(port: UInt16 = 0) -> ListenAddress { ListenAddress(host: "127.0.0.1", port: port) }

    /// `127.0.0.1:8080`, `[::1]:8080`.
    public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
