import Network

/// Where a backend is reached; its URL says in which framing.
enum BackendTarget: Hashable, Sendable {
    /// OCPP-J: `ws://` or `wss://`, with the ChargePointID as the last segment.
    case json(ServerTarget)
    /// The binary framing of a master: `tcp://` or `tls://`; the id is told in the hello.
    case binary(StreamTarget, id: String)

    /// The port of the binary framing where none is written.
    static let binaryPort: UInt16 = 1600

    /// Reads a URL. Throws `ConnectError.badAddress`.
    init(_ url: String, id: String) throws(ConnectError) {
        if StreamTarget.isMeant(by: url) {
            self = .binary(try StreamTarget(url, port: Self.binaryPort), id: id)
        } else {
            self = .json(try ServerTarget(url).appending(segment: id))
        }
    }

    /// Whether TLS is spoken.
    var isSecure: Bool {
        switch self {
        case .json(let target): target.isSecure
        case .binary(let target, _): target.isSecure
        }
    }

    /// The same place with TLS.
    static func secured(_ url: String) -> String {
        let lower = url.lowercased()
        if lower.hasPrefix("ws://") { return "wss://" + url.dropFirst(5) }
        if lower.hasPrefix("tcp://") { return "tls://" + url.dropFirst(6) }
        return url
    }
}
