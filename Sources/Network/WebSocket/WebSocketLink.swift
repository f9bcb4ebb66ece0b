/// The loop's side of a WebSocket.
final class WebSocketLink {
    /// How far closing has come (RFC 6455, 7.1).
    enum Closing {
        case open
        /// This side has queued its close frame.
        case sent
        /// Both have; what is queued goes out and then the connection ends.
        case answered
    }

    let connection: WebSocketConnection
    let options: WebSocketOptions
    var reader: FrameReader
    var closing = Closing.open
    var closure: WebSocketClosure?
    /// When the ping was sent that has not been answered.
    var pingedAt: ContinuousClock.Instant?

    init(_ connection: WebSocketConnection, _ options: WebSocketOptions) {
        self.connection = connection
        self.options = options
        reader = FrameReader(maximumMessage: options.maximumMessage)
    }

    /// When a ping is due, or its answer.
    func keepAliveDeadline(lastHeard: ContinuousClock.Instant) -> ContinuousClock.Instant? {
        guard closing == .open, let interval = options.pingInterval else { return nil }
        guard let pingedAt, lastHeard < pingedAt else { return lastHeard + interval }
        return pingedAt + options.pongTimeout
    }

    /// Tells the session how it ended; the first to tell is right.
    func finish(_ closure: WebSocketClosure) {
        connection.finish(self.closure ?? closure)
    }
}
