/// One request, whole: its body has been received and its form has been checked.
public struct HTTPRequest: Hashable, Sendable {
    /// What is asked to be done.
    public let method: HTTPMethod
    /// The path, percent-decoded, valid UTF-8, beginning with `/`; never with `.` or `..` segments, encoded slashes,
    /// backslashes or control characters: such requests are answered with 400 before a handler sees them.
    public let path: String
    /// The query in order; empty without one.
    public let query: [HTTPQueryItem]
    /// The fields as they came.
    public let headers: HTTPHeaders
    /// The whole body; empty without one. Never longer than the policy of the listener allows.
    public let body: [UInt8]
    /// Who asks.
    public let peer: PeerAddress
    /// Where the connection came in: the real local address, also behind a listener on all addresses.
    public let local: PeerAddress
    /// What the client offers when it asks for a WebSocket; nil for an ordinary request.
    public let webSocket: WebSocketOffer?
    /// The client's end of TLS; nil for a connection in clear.
    public let tls: TLSPeer?

    /// Makes a request, for tests of handlers.
    public init(
        method: HTTPMethod, path: String, query: [HTTPQueryItem] = [], headers: HTTPHeaders = [:], body: [UInt8] = [],
        peer: PeerAddress = PeerAddress(host: "127.0.0.1", port: 1),
        local: PeerAddress = PeerAddress(host: "127.0.0.1", port: 80), webSocket: WebSocketOffer? = nil,
        tls: TLSPeer? = nil
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
        self.peer = peer
        self.local = local
        self.webSocket = webSocket
        self.tls = tls
    }

    /// The parts of the path between slashes, without empty ones: `/api/devices/7` gives `api`, `devices`, `7`.
    public var segments: [String] { path.split(separator: "/").map(String.init) }

    /// The value of the first query item of a name.
    public func queryValue(_ name: String) -> String? { query.first { $0.name == name }?.value }
}
