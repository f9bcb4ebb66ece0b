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
    /// Whether this side asked for it; a client's frames are masked, a server's are not (RFC 6455, 5.1).
    let isClient: Bool
    var reader: FrameReader
    var closing = Closing.open
    var closure: WebSocketClosure?
    /// When the ping was sent that has not been answered.
    var pingedAt: ContinuousClock.Instant?

    init(_ connection: WebSocketConnection, _ options: WebSocketOptions, isClient: Bool = false) {
        self.connection = connection
        self.options = options
        self.isClient = isClient
        reader = FrameReader(maximumMessage: options.maximumMessage, areMasked: !isClient)
    }

    func frame(_ opcode: FrameOpcode, _ payload: [UInt8]) -> [UInt8] {
        let frame = FrameWriter.frame(opcode, payload)
        return isClient ? FrameWriter.masked(frame) : frame
    }

    func close(_ code: UInt16, _ reason: String) -> [UInt8] {
        let frame = FrameWriter.close(code, reason)
        return isClient ? FrameWriter.masked(frame) : frame
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
