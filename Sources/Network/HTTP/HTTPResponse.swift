/// What is answered to a request.
///
/// The server writes `Content-Length`, `Connection`, `Date`, `Transfer-Encoding`, `Upgrade` and `Sec-WebSocket-*`
/// itself and leaves out a handler's. A header whose name is no token or whose value has a line end or another control
/// character is never sent: the client gets 500 and the log the reason (response splitting, RFC 9110, 5.5).
public struct HTTPResponse: Sendable {
    /// What follows the head.
    public enum Body: Sendable {
        /// Bytes at hand; the array is not copied.
        case bytes([UInt8])
        /// Exactly `length` bytes that `write` makes; too few or too many end the connection.
        case stream(length: Int, write: @Sendable (HTTPBodyWriter) async throws -> Void)
        /// The connection becomes a WebSocket.
        case upgrade(WebSocketUpgrade)
    }

    /// The status.
    public var status: HTTPStatus
    /// The fields besides those the server writes.
    public var headers: HTTPHeaders
    /// What follows the head; left out for HEAD, 204 and 304.
    public var body: Body

    /// Makes a response of bytes.
    public init(_ status: HTTPStatus = .ok, headers: HTTPHeaders = [:], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = .bytes(body)
    }

    /// A response of text in UTF-8.
    public static func text(
        _ text: String, _ status: HTTPStatus = .ok, type: String = "text/plain; charset=utf-8"
    ) -> HTTPResponse {
        HTTPResponse(status, headers: ["Content-Type": type], body: Array(text.utf8))
    }

    /// A response of JSON that is encoded already; it is not to be stored by caches.
    public static func json(_ bytes: [UInt8], _ status: HTTPStatus = .ok) -> HTTPResponse {
        HTTPResponse(
            status, headers: ["Content-Type": "application/json", "Cache-Control": "no-store"], body: bytes)
    }

    /// A response of exactly `length` bytes, made while they are sent, so that a large one is never held whole.
    ///
    /// `write` is not called for HEAD. It is cancelled when the client goes away.
    public static func stream(
        _ status: HTTPStatus = .ok, headers: HTTPHeaders = [:], length: Int,
        write: @escaping @Sendable (HTTPBodyWriter) async throws -> Void
    ) -> HTTPResponse {
        var response = HTTPResponse(status, headers: headers)
        response.body = .stream(length: length, write: write)
        return response
    }

    /// Makes the connection a WebSocket, which lives as long as `session` runs.
    ///
    /// - `subprotocol` must be one the client offered, or nil; anything else is answered with 500.
    /// - A request that asks for no WebSocket is answered with 426.
    /// - When `session` returns the connection is closed with 1000. Its task is cancelled when the client goes away.
    public static func upgrade(
        subprotocol: String? = nil, options: WebSocketOptions = WebSocketOptions(), headers: HTTPHeaders = [:],
        session: @escaping @Sendable (WebSocketConnection) async -> Void
    ) -> HTTPResponse {
        var response = HTTPResponse(.switchingProtocols, headers: headers)
        response.body = .upgrade(WebSocketUpgrade(subprotocol: subprotocol, options: options, session: session))
        return response
    }
}
