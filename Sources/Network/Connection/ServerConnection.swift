import CWebSockets

/// One connection of a client, from its first byte to its end. Only the loop's thread touches it.
final class ServerConnection {
    /// What the connection is doing; a request is answered whole before the next one is looked at.
    enum Phase {
        /// Waits for a request or is receiving its head.
        case head
        /// Is receiving a body.
        case body(RequestHead, WebSocketOffer?)
        /// A handler is at work.
        case handling(HTTPRequest)
        /// A handler is writing the body.
        case streaming(BodyCounter)
        /// The response is on its way.
        case flushing
        /// Frames instead of requests.
        case webSocket(WebSocketLink)
        /// The last byte has been sent; what the client still sends is thrown away, so that it can read the answer.
        case lingering
    }

    /// After the last answer a client's bytes are thrown away until it is silent for so long, or for so long in all, or
    /// so many have come. Closing earlier would reset the connection before the client has read the answer.
    static let lingerSilence: Duration = .seconds(1)
    static let lingerTime: Duration = .seconds(10)
    static let lingerBytes = 16 << 20

    let id: UInt64
    let wsi: OpaquePointer
    let listener: ListenerSource
    let peer: PeerAddress
    let local: PeerAddress
    let output = OutboundQueue()
    unowned let core: LoopCore
    private let socket: Int32

    var phase = Phase.head
    var input: [UInt8] = []
    var body: [UInt8] = []
    /// How much of `input` has been searched for the end of the head.
    var searched = 0
    var keepsConnection = true
    var requestNumber: UInt64 = 0
    var task: Task<Void, Never>?
    var phaseDeadline: ContinuousClock.Instant?
    var lastActivity: ContinuousClock.Instant
    /// When the client last took something of what it is sent.
    var lastProgress: ContinuousClock.Instant
    /// The connection ends with the callback that is running.
    private(set) var isDoomed = false
    private(set) var isReading = true
    private var discarded = 0
    private var lingersUntil: ContinuousClock.Instant

    init(
        id: UInt64, wsi: OpaquePointer, socket: Int32, listener: ListenerSource, peer: PeerAddress, local: PeerAddress,
        core: LoopCore
    ) {
        self.id = id
        self.wsi = wsi
        self.socket = socket
        self.listener = listener
        self.peer = peer
        self.local = local
        self.core = core
        lastActivity = core.clock.now
        lastProgress = lastActivity
        lingersUntil = lastActivity
        phaseDeadline = lastActivity + listener.policy.headTimeout
    }

    var policy: ListenerPolicy { listener.policy }

    /// Whether it only waits for a request.
    var isIdle: Bool {
        guard case .head = phase else { return false }
        return output.isEmpty
    }

    func received(_ bytes: UnsafeRawBufferPointer) {
        lastActivity = core.clock.now
        switch phase {
        case .lingering:
            discarded += bytes.count
            if discarded > ServerConnection.lingerBytes || lastActivity > lingersUntil { return abort() }
            setDeadline(ServerConnection.lingerSilence)
        case .webSocket(let link): receivedFrames(link, bytes)
        case .head, .body:
            if case .head = phase, input.isEmpty { setDeadline(policy.headTimeout) }
            input.append(contentsOf: bytes)
            process()
        case .handling, .streaming, .flushing:
            input.append(contentsOf: bytes)
            if input.count > policy.maximumHead + 4096 { pauseReading() }
        }
    }

    func setDeadline(_ duration: Duration?) {
        phaseDeadline = duration.map { core.clock.now + $0 }
        if let phaseDeadline { core.checkSoon(phaseDeadline) }
    }

    func pauseReading() {
        guard isReading else { return }
        isReading = false
        lws_rx_flow_control(wsi, 0)
    }

    func resumeReading() {
        guard !isReading else { return }
        isReading = true
        lws_rx_flow_control(wsi, 1)
        if case .webSocket(let link) = phase { drainFrames(link) }
    }

    /// Ends it at once; the library tells when it has.
    func abort() {
        guard !isDoomed else { return }
        isDoomed = true
        shutdown(socket, Int32(SHUT_RDWR))
        core.kill(wsi)
    }

    /// Says that nothing more comes, and waits a moment for the client to go.
    func linger() {
        if case .lingering = phase { return }
        phase = .lingering
        input = []
        output.seal()
        shutdown(socket, Int32(SHUT_WR))
        if !isReading { resumeReading() }
        lingersUntil = core.clock.now + ServerConnection.lingerTime
        setDeadline(ServerConnection.lingerSilence)
    }

    /// The host stops, or the listener does.
    func goAway() {
        keepsConnection = false
        switch phase {
        case .webSocket: closeWebSocket(.goingAway, "the server is stopping", dropWaiting: true)
        case .flushing, .lingering: break
        case .head, .body, .handling, .streaming: abort()
        }
    }

    /// It is gone: whoever waits for it is told.
    func ended(_ closure: WebSocketClosure) {
        isDoomed = true
        output.close()
        task?.cancel()
        task = nil
        if case .webSocket(let link) = phase { link.finish(closure) }
    }
}
