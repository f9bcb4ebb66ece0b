/// A plain stream as the loop knows it. Only the loop's thread touches it.
final class StreamConnection: SocketConnection {
    /// What becomes of it once it can carry bytes, or why it cannot.
    typealias Opened = (Result<ByteStream, ConnectError>) -> Void

    /// How long the other side's end is waited for after ours.
    private static let closeTime: Duration = .seconds(2)

    private let options: StreamOptions
    private let opened: Opened
    private let host: String
    private var stream: ByteStream?
    private var isClosing = false
    var task: Task<Void, Never>?

    init(
        id: UInt64, wsi: OpaquePointer, socket: Int32, listener: UInt64?, peer: PeerAddress, local: PeerAddress,
        tls: TLSSession?, host: String, options: StreamOptions, core: LoopCore, opened: @escaping Opened
    ) {
        self.options = options
        self.opened = opened
        self.host = host
        super.init(
            id: id, wsi: wsi, socket: socket, listener: listener, peer: peer, local: local, tls: tls, core: core)
        phaseDeadline = lastActivity + options.handshakeTimeout
    }

    override var writeTimeout: Duration { options.writeTimeout }

    override func ready() {
        let stream = ByteStream(
            id: id, peer: peer, local: local, tls: tls?.peer, options: options, output: output, mailbox: core.mailbox)
        self.stream = stream
        setDeadline(options.idleTimeout)
        opened(.success(stream))
    }

    override func take(_ bytes: UnsafeRawBufferPointer) {
        guard let stream, !isClosing else { return }
        // Not set at every piece: when it passes, it is looked at what has come since.
        if stream.pieces.inbox.put(Array(bytes)) { pauseReading() }
    }

    override func drained() {
        guard isClosing, phaseDeadline == nil else { return }
        sayEnd()
        setDeadline(StreamConnection.closeTime)
    }

    override func expired(_ now: ContinuousClock.Instant) {
        guard let idle = options.idleTimeout, stream != nil, !isClosing, !isReading || lastActivity + idle > now else {
            if stream == nil { fail(.timedOut(host: host, "agreeing on TLS")) }
            return abort()
        }
        setDeadline(isReading ? lastActivity + idle - now : idle)
    }

    override func insecure(_ fault: TLSFault) {
        if listenerID != nil { core.warn("TLS with the client \(peer) failed: \(fault)") }
        stream?.finish()
        fail(.insecure(host: host, fault))
    }

    override func linger() { close() }

    override func goAway() { close() }

    /// Sends what waits, then ends it.
    func close() {
        guard !isClosing else { return }
        guard stream != nil else { return abort() }
        isClosing = true
        phaseDeadline = nil
        stream?.pieces.inbox.finish()
        output.seal()
        resumeReading()
        wantsToWrite()
    }

    override func ended(_ closure: WebSocketClosure) {
        super.ended(closure)
        stream?.finish()
        fail(.lost(host: host))
        task?.cancel()
        task = nil
    }

    private func fail(_ error: ConnectError) {
        if stream == nil { opened(.failure(error)) }
    }
}
