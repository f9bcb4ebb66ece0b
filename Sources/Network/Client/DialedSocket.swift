/// A connected socket on its way to the loop, and what is to be made of it.
struct DialedSocket {
    enum Purpose {
        case webSocket(ClientHandshake, WebSocketClientOptions, Pending<WebSocketConnection>)
        case stream(StreamOptions, Pending<ByteStream>)
    }

    let descriptor: Int32
    let host: String
    let tls: TLSClient?
    let purpose: Purpose

    /// Whether anybody still waits for it.
    var isWanted: Bool {
        switch purpose {
        case .webSocket(_, _, let pending): !pending.isResolved
        case .stream(_, let pending): !pending.isResolved
        }
    }

    func fail(_ error: ConnectError) {
        switch purpose {
        case .webSocket(_, _, let pending): pending.resolve(.failure(error))
        case .stream(_, let pending): pending.resolve(.failure(error))
        }
    }
}
