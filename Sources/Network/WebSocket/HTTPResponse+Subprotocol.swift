extension HTTPResponse {
    /// Makes the connection a WebSocket that speaks one of these subprotocols, the first of the client's that is there.
    ///
    /// A client that offers none of them, or none at all, is refused with 400 and never reaches the session. (OCPP-J 1.6
    /// lets a server also open the connection without a subprotocol and close it at once, which a client that looks at
    /// the opening only takes for success.)
    public static func upgrade(
        _ request: HTTPRequest, speaking subprotocols: [String], options: WebSocketOptions = WebSocketOptions(),
        headers: HTTPHeaders = [:], session: @escaping @Sendable (WebSocketConnection) async -> Void
    ) -> HTTPResponse {
        guard let offer = request.webSocket else {
            return upgrade(options: options, headers: headers, session: session)
        }
        guard let chosen = offer.subprotocols.first(where: subprotocols.contains) else {
            let text = "Only these subprotocols are spoken here: \(subprotocols.joined(separator: ", ")).\n"
            return .text(text, .badRequest)
        }
        return upgrade(subprotocol: chosen, options: options, headers: headers, session: session)
    }
}
