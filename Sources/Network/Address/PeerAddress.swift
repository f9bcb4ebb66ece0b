/// One end of a connection, in figures.
public struct PeerAddress: Hashable, Sendable, CustomStringConvertible {
    /// The address in figures, without brackets.
    public let host: String
    /// The port at that end.
    public let port: UInt16

    /// Makes an address.
    public init(host: String, port: UInt16) {
        self.host = host
        self.port = port
    }

    /// Whether it is on this machine: 127.0.0.0/8, `::1`, or the first of them mapped into IPv6.
    public var isLoopback: Bool {
        host == "::1" || host.hasPrefix("127.") || host.hasPrefix("::ffff:127.")
    }

    /// `192.0.2.7:51234`, `[2001:db8::7]:51234`.
    public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
