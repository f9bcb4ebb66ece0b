import Network

/// What a connection to the backend is made with; asked for before every one.
struct BackendAccess: Sendable {
    /// The whole URL, with the ChargePointID.
    var target: BackendTarget
    /// ChargePointID and AuthorizationKey; nil where the security profile has no password.
    var credentials: BasicCredentials?
    /// Trust and certificates; nil for those of the system.
    var tls: TLSClient?
    /// The key WebSocketPingInterval; nil for no pings.
    var pingInterval: Duration?

    /// How long an answer to a ping is waited for.
    private static let pongTimeout = Duration.seconds(20)

    /// Connects: with the subprotocol of OCPP-J 1.6 and no other, or with a hello that proves the key.
    ///
    /// Throws `ConnectError`.
    func open(on loop: NetworkLoop) async throws(ConnectError) -> any BackendWire {
        switch target {
        case .json(let target): return JSONBackendWire(try await loop.connect(to: target, options))
        case .binary(let target, let id):
            let idle = pingInterval.map { $0 + Self.pongTimeout }
            let stream = try await loop.connectStream(to: target, tls: tls, options: StreamOptions(idleTimeout: idle))
            return try await BinaryBackendWire.greet(
                stream, host: target.host, id: id, key: credentials?.password, pingInterval: pingInterval)
        }
    }

    private var options: WebSocketClientOptions {
        WebSocketClientOptions(
            subprotocols: ["ocpp1.6"], credentials: credentials, tls: tls,
            socket: WebSocketOptions(pingInterval: pingInterval, pongTimeout: Self.pongTimeout))
    }
}

/// Why no connection can be tried, or nothing sent on it; the reason for people.
struct BackendUnusable: Error, Hashable, CustomStringConvertible {
    let description: String
}
