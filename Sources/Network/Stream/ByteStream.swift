/// One open TCP connection that carries bytes, with TLS or in clear. Any task may send and close; one task reads.
public final class ByteStream: Sendable {
    /// The other end.
    public let peer: PeerAddress
    /// The own end.
    public let local: PeerAddress
    /// The other end of TLS; nil for a connection in clear.
    public let tls: TLSPeer?
    /// What comes. An other side that sends faster than it is read is slowed down by TCP.
    public let pieces: StreamPieces

    private let id: UInt64
    private let output: OutboundQueue
    private let options: StreamOptions
    private let mailbox: LoopMailbox
    private let end = WebSocketEnd()

    init(
        id: UInt64, peer: PeerAddress, local: PeerAddress, tls: TLSPeer?, options: StreamOptions, output: OutboundQueue,
        mailbox: LoopMailbox
    ) {
        self.id = id
        self.peer = peer
        self.local = local
        self.tls = tls
        self.options = options
        self.output = output
        self.mailbox = mailbox
        pieces = StreamPieces(inbox: Inbox(size: { $0.count + 64 }, resume: { _ = mailbox.post(.resumeReading(id)) }))
    }

    /// Queues bytes and returns at once. Throws when the connection has ended, or when the other side reads so slowly
    /// that the queue is full; then the connection is ended.
    public func send(_ bytes: [UInt8]) throws(StreamError) {
        switch output.append(message: bytes, limit: options.maximumQueue, overflow: .close) {
        case .closed: throw .closed
        case .first: _ = mailbox.post(.flush(id))
        case .waiting: break
        case nil:
            let waiting = output.waitingBytes
            _ = mailbox.post(.abort(id))
            throw .tooSlow(waiting: waiting)
        }
    }

    /// Ends the connection after what waits has been sent.
    public func close() { _ = mailbox.post(.closeStream(id)) }

    /// Waits until the connection has ended.
    public func closed() async { _ = await end.wait() }

    /// Whether it has ended.
    public var isClosed: Bool { end.closure != nil }

    /// Told by the loop once.
    func finish() {
        end.finish(.lost(reason: ""))
        pieces.inbox.finish()
    }
}
