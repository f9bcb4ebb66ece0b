import Network

/// What a connection to the backend is made with; asked for before every one.
struct BackendAccess: Sendable {
    /// The whole URL, with the ChargePointID.
    var target: ServerTarget
    /// ChargePointID and AuthorizationKey; nil where the security profile has no password.
    var credentials: BasicCredentials?
    /// Trust and certificates; nil for those of the system.
    var tls: TLSClient?
    /// The key WebSocketPingInterval; nil for no pings.
    var pingInterval: Duration?

    /// How long an answer to a ping is waited for.
    private static let pongTimeout = Duration.seconds(20)

    /// How the WebSocket is opened: with the subprotocol of OCPP-J 1.6 and no other.
    var options: WebSocketClientOptions {
        WebSocketClientOptions(
            subprotocols: ["ocpp1.6"], credentials: credentials, tls: tls,
            socket: WebSocketOptions(pingInterval: pingInterval, pongTimeout: Self.pongTimeout))
    }
}

/// Why no connection can be tried; the reason for people.
struct BackendUnusable: Error, Hashable, CustomStringConvertible {
    let description: String
}
