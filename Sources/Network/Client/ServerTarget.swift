/// Where a server is: `ws://host:port/path`, `wss://…` (RFC 6455, 3).
public struct ServerTarget: Hashable, Sendable, CustomStringConvertible {
    /// Whether TLS is spoken.
    public let isSecure: Bool
    /// A name or an address in figures, without brackets.
    public let host: String
    /// The port; 80 and 443 where none is written.
    public let port: UInt16
    /// Path and query as they go on the wire, percent-encoded, beginning with `/`.
    public let path: String

    /// Reads a URL. Throws `ConnectError.badAddress` for anything but ws and wss, for user names and for fragments.
    public init(_ url: String) throws(ConnectError) {
        func bad(_ reason: String) -> ConnectError { .badAddress(url, reason: reason) }
        guard url.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw bad("spaces, control characters and letters outside ASCII must be percent-encoded")
        }
        let lower = Text.lower(url)
        isSecure = lower.hasPrefix("wss://")
        guard isSecure || lower.hasPrefix("ws://") else { throw bad("it must begin with ws:// or wss://") }
        let rest = url.dropFirst(isSecure ? 6 : 5)
        guard !rest.contains("#") else { throw bad("it has a '#', which is written %23") }
        let end = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
        guard !rest[..<end].contains("@") else { throw bad("user names and passwords are given apart") }
        guard let authority = Authority(rest[..<end]), Text.isFieldValue(authority.host.utf8) else {
            throw bad("it has no host, or a port that is none")
        }
        host = authority.host
        port = authority.port ?? (isSecure ? 443 : 80)
        guard port > 0 else { throw bad("port 0 is none") }
        let tail = String(rest[end...])
        path = tail.isEmpty ? "/" : tail.hasPrefix("?") ? "/" + tail : tail
    }

    private init(_ other: ServerTarget, path: String) {
        isSecure = other.isSecure
        host = other.host
        port = other.port
        self.path = path
    }

    /// The same with a further segment of its path, percent-encoded here: `#` becomes `%23`, a slash `%2F` (RFC 3986, 2.1).
    ///
    /// OCPP-J 1.6, 3.1.1: the ChargePointID is the last segment. A query stays at the end.
    public func appending(segment: String) -> ServerTarget {
        let parts = path.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let folder = parts[0].hasSuffix("/") ? String(parts[0]) : parts[0] + "/"
        let query = parts.count > 1 ? "?" + parts[1] : ""
        return ServerTarget(self, path: folder + ServerTarget.encoded(segment) + query)
    }

    /// Host and port as in a `Host` field; the port only where it is not the standard one.
    var authority: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return port == (isSecure ? 443 : 80) ? name : "\(name):\(port)"
    }

    /// The URL.
    public var description: String { "\(isSecure ? "wss" : "ws")://\(authority)\(path)" }

    private static func encoded(_ segment: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var text: [UInt8] = []
        for byte in segment.utf8 {
            let isPlain =
                Text.isDigit(byte) || (0x61...0x7A).contains(Text.lower(byte)) || "-._~".utf8.contains(byte)
            if isPlain { text.append(byte) } else { text += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]] }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
