/// How a WebSocket to a server is opened.
public struct WebSocketClientOptions: Sendable {
    /// The subprotocols offered, the best first; a server that chooses none of them is not connected to. Empty offers
    /// none.
    public var subprotocols: [String]
    /// What this side authenticates with; nil for nothing.
    public var credentials: BasicCredentials?
    /// Further fields of the request; those of the handshake itself are left out.
    public var headers: HTTPHeaders
    /// The TLS of a `wss` target; nil trusts the authorities of the system.
    public var tls: TLSClient?
    /// How long looking up the name and connecting may take.
    public var connectTimeout: Duration
    /// How long TLS and the handshake may take after that.
    public var handshakeTimeout: Duration
    /// Limits and keep-alive once it is open.
    public var socket: WebSocketOptions

    /// Makes options.
    public init(
        subprotocols: [String] = [], credentials: BasicCredentials? = nil, headers: HTTPHeaders = [:],
        tls: TLSClient? = nil, connectTimeout: Duration = .seconds(20), handshakeTimeout: Duration = .seconds(20),
        socket: WebSocketOptions = WebSocketOptions()
    ) {
        self.subprotocols = subprotocols
        self.credentials = credentials
        self.headers = headers
        self.tls = tls
        self.connectTimeout = connectTimeout
        self.handshakeTimeout = handshakeTimeout
        self.socket = socket
    }
}
