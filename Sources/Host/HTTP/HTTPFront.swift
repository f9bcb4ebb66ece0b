import Network

/// What the HTTP listeners answer: the page, its event stream, and the routes that look only.
struct HTTPFront: Sendable {
    /// What may wait for a page that reads slowly; beyond it the connection ends and the page begins with a new snapshot.
    private static let streamOptions = WebSocketOptions(maximumMessage: 4096, maximumQueue: 256 << 10)

    /// Answers from the table of routes.
    let routes: @Sendable (ControlRequest) async -> ControlResponse
    let events: EventStream

    func answer(_ request: HTTPRequest) async -> HTTPResponse {
        if let file = PageFiles.all[request.path] { return file.response(to: request) }
        if request.webSocket != nil, request.path == "/api/v1/events" { return stream() }
        let query = Dictionary(request.query.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
        let answer = await routes(
            ControlRequest(
                method: request.method.rawValue, path: request.path, query: query, body: request.body))
        var headers: HTTPHeaders = ["Content-Type": answer.type, "Cache-Control": "no-store"]
        for (name, value) in answer.headers { headers[name] = value }
        return HTTPResponse(HTTPStatus(answer.status), headers: headers, body: answer.body)
    }

    private func stream() -> HTTPResponse {
        .upgrade(options: Self.streamOptions) { [events] connection in
            let page = await events.open { message in
                do { try connection.send(message.encoded) } catch { return false }
                return true
            }
            for await _ in connection.messages {}
            await events.close(page)
        }
    }
}
