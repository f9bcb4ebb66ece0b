/// A server of a plain stream: `tcp://` and `tls://` URLs with a host and a port, and nothing behind them.
public struct StreamTarget: Hashable, Sendable, CustomStringConvertible {
    /// Whether TLS is spoken.
    public let isSecure: Bool
    /// A name or an address in figures, without brackets.
    public let host: String
    /// The port.
    public let port: UInt16

    /// Whether a URL is meant as one.
    public static func isMeant(by url: String) -> Bool {
        let lower = Text.lower(url)
        return lower.hasPrefix("tcp://") || lower.hasPrefix("tls://")
    }

    /// Reads a URL; `port` counts where it has none. Throws `ConnectError.badAddress`.
    public init(_ url: String, port standard: UInt16) throws(ConnectError) {
        func bad(_ reason: String) -> ConnectError { .badAddress(url, reason: reason) }
        guard StreamTarget.isMeant(by: url) else { throw bad("it must begin with tcp:// or tls://") }
        guard url.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { throw bad("it has characters no URL has") }
        isSecure = Text.lower(url).hasPrefix("tls://")
        var rest = url.dropFirst(6)
        if rest.hasSuffix("/") { rest = rest.dropLast() }
        guard !rest.contains("/"), !rest.contains("?") else { throw bad("a stream has a host and a port, and no path") }
        guard let authority = Authority(rest) else { throw bad("it has no host, or a port that is none") }
        host = authority.host
        port = authority.port ?? standard
        guard port > 0 else { throw bad("port 0 is none") }
    }

    /// The URL.
    public var description: String {
        "\(isSecure ? "tls" : "tcp")://\(host.contains(":") ? "[\(host)]" : host):\(port)"
    }
}
