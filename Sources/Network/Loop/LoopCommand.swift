/// What tasks ask of the loop.
enum LoopCommand {
    case listen(ListenerSource)
    case closeListener(UInt64, CheckedContinuation<Void, Never>)
    case countConnections(UInt64, CheckedContinuation<Int, Never>)
    case respond(connection: UInt64, request: UInt64, HTTPResponse)
    case streamEnded(connection: UInt64, request: UInt64, failure: String?)
    case flush(UInt64)
    case resumeReading(UInt64)
    case closeWebSocket(UInt64, code: WebSocketCloseCode, reason: String)
    case take(DialedSocket)
    case closeStream(UInt64)
    case abort(UInt64)
    case stop
}
