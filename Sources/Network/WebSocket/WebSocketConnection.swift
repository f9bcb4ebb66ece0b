import Synchronization

/// One open WebSocket, of a client of this host or to a server. Any task may send and close; one task reads `messages`.
public final class WebSocketConnection: Sendable {
    /// The request that opened it.
    public let request: HTTPRequest
    /// The subprotocol agreed on.
    public let subprotocol: String?
    /// The messages of the other side in order; it ends when the connection does. One that sends faster than they are
    /// read is slowed down by TCP. Only one task may read.
    public let messages: WebSocketMessages

    let id: UInt64
    let output: OutboundQueue
    private let options: WebSocketOptions
    private let isClient: Bool
    private let mailbox: LoopMailbox
    private let end = WebSocketEnd()

    init(
        id: UInt64, request: HTTPRequest, subprotocol: String?, options: WebSocketOptions, output: OutboundQueue,
        mailbox: LoopMailbox, isClient: Bool = false
    ) {
        self.id = id
        self.request = request
        self.subprotocol = subprotocol
        self.options = options
        self.output = output
        self.mailbox = mailbox
        self.isClient = isClient
        messages = WebSocketMessages(
            inbox: Inbox(size: \.size) { _ = mailbox.post(.resumeReading(id)) })
    }

    /// Queues a message and returns at once. Throws when the connection has ended, or when the client reads so slowly
    /// that the queue is full and the options say to disconnect it.
    public func send(_ message: EncodedMessage) throws(WebSocketError) {
        switch output.append(message: wire(message), limit: options.maximumQueue, overflow: options.overflow) {
        case .closed: throw .closed
        case .first: _ = mailbox.post(.flush(id))
        case .waiting: break
        case nil:
            let waiting = output.waitingBytes
            _ = mailbox.post(.closeWebSocket(id, code: .tryAgainLater, reason: "reads too slowly"))
            throw .tooSlow(waiting: waiting)
        }
    }

    /// Encodes and queues a message for this connection only.
    public func send(_ message: WebSocketMessage) throws(WebSocketError) { try send(EncodedMessage(message)) }

    /// Queues text for this connection only.
    public func send(_ text: String) throws(WebSocketError) { try send(EncodedMessage(text: text)) }

    /// Sends a message only if nothing waits for the client; false when something does and the message was not taken.
    ///
    /// For a stream of states where the newest is enough: skip a tick for a client that is behind.
    public func offer(_ message: EncodedMessage) throws(WebSocketError) -> Bool {
        switch output.appendIfEmpty(message: wire(message)) {
        case .closed: throw .closed
        case .first: _ = mailbox.post(.flush(id))
        case .waiting: break
        case nil: return false
        }
        return true
    }

    /// Whether nothing waits for the client.
    public var isDrained: Bool { output.isEmpty }

    /// How many bytes wait for the client.
    public var waitingBytes: Int { output.waitingBytes }

    /// Waits until nothing waits for the client; false when the connection has ended.
    public func drained() async -> Bool { await output.room(below: 0) }

    /// Closes the connection after what waits has been sent; later messages of either side are dropped.
    public func close(_ code: WebSocketCloseCode = .normal, reason: String = "") {
        _ = mailbox.post(.closeWebSocket(id, code: code, reason: reason))
    }

    /// How it ended; nil while it is open.
    public var closure: WebSocketClosure? { end.closure }

    /// Waits until it has ended.
    public func closed() async -> WebSocketClosure { await end.wait() }

    private func wire(_ message: EncodedMessage) -> [UInt8] {
        isClient ? FrameWriter.masked(message.frame) : message.frame
    }

    /// Told by the loop once.
    func finish(_ closure: WebSocketClosure) {
        end.finish(closure)
        messages.inbox.finish()
    }
}
