extension ServerConnection {
    /// The handler wants a WebSocket.
    func open(_ upgrade: WebSocketUpgrade, _ response: HTTPResponse, _ request: HTTPRequest) {
        guard let offer = request.webSocket else {
            let headers: HTTPHeaders = ["Upgrade": "websocket"]
            return refuse(Refusal(.upgradeRequired, "This is a WebSocket; ask for it as one.", headers: headers))
        }
        if let chosen = upgrade.subprotocol, !offer.subprotocols.contains(chosen) {
            core.warn("the WebSocket of \(peer) was refused: its handler chose a subprotocol that was not offered")
            return sendFault()
        }
        var framing: HTTPHeaders = [
            "Upgrade": "websocket", "Connection": "Upgrade",
            "Sec-WebSocket-Accept": WebSocketHandshake.accept(offer.key),
        ]
        framing["Sec-WebSocket-Protocol"] = upgrade.subprotocol
        guard let head = encode(.switchingProtocols, response.headers, framing) else { return sendFault() }
        output.append(head)
        let connection = WebSocketConnection(
            id: id, request: request, subprotocol: upgrade.subprotocol, options: upgrade.options, output: output,
            mailbox: core.mailbox)
        let link = WebSocketLink(connection, upgrade.options)
        phase = .webSocket
        webSocket = link
        phaseDeadline = nil
        wantsToWrite()
        let session = upgrade.session
        task = Task {
            await session(connection)
            connection.close()
        }
        let early = input
        input = []
        link.reader.append(early)
        drainFrames(link)
        if let deadline { core.checkSoon(deadline) }
        // Was paused when the client sent more than a request before it had its answer.
        resumeReading()
    }
}
