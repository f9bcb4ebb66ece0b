import CWebSockets

/// One connection of a client, from its first byte to its end. Only the loop's thread touches it.
final class ServerConnection: SocketConnection {
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
        case webSocket
        /// The last byte has been sent; what the client still sends is thrown away, so that it can read the answer.
        case lingering
    }

    /// After the last answer a client's bytes are thrown away until it is silent for so long, or for so long in all, or
    /// so many have come. Closing earlier would reset the connection before the client has read the answer.
    static let lingerSilence: Duration = .seconds(1)
    static let lingerTime: Duration = .seconds(10)
    static let lingerBytes = 16 << 20

    let listener: ListenerSource
    private let handler: HTTPHandler

    var phase = Phase.head
    var input: [UInt8] = []
    var body: [UInt8] = []
    /// How much of `input` has been searched for the end of the head.
    var searched = 0
    var keepsConnection = true
    var requestNumber: UInt64 = 0
    var task: Task<Void, Never>?
    private var discarded = 0
    private var lingersUntil: ContinuousClock.Instant

    init(
        id: UInt64, wsi: OpaquePointer, socket: Int32, listener: ListenerSource, handler: @escaping HTTPHandler,
        peer: PeerAddress, local: PeerAddress, tls: TLSSession?, core: LoopCore
    ) {
        self.listener = listener
        self.handler = handler
        lingersUntil = core.clock.now
        super.init(
            id: id, wsi: wsi, socket: socket, listener: listener.id, peer: peer, local: local, tls: tls, core: core)
        phaseDeadline = lastActivity + listener.policy.headTimeout
    }

    var policy: ListenerPolicy { listener.policy }

    override var writeTimeout: Duration { policy.writeTimeout }

    /// Whether it only waits for a request.
    override var isIdle: Bool {
        guard case .head = phase else { return false }
        return output.isEmpty
    }

    override func take(_ bytes: UnsafeRawBufferPointer) {
        switch phase {
        case .lingering:
            discarded += bytes.count
            if discarded > ServerConnection.lingerBytes || lastActivity > lingersUntil { return abort() }
            setDeadline(ServerConnection.lingerSilence)
        case .webSocket:
            if let webSocket { receivedFrames(webSocket, bytes) }
        case .head, .body:
            if case .head = phase, input.isEmpty { setDeadline(policy.headTimeout) }
            input.append(contentsOf: bytes)
            process()
        case .handling, .streaming, .flushing:
            input.append(contentsOf: bytes)
            if input.count > policy.maximumHead + 4096 { pauseReading() }
        }
    }

    override func drained() {
        switch phase {
        case .flushing: finishExchange()
        case .webSocket: if let webSocket { webSocketDrained(webSocket) }
        case .head, .body, .handling, .streaming, .lingering: break
        }
    }

    override func expired(_ now: ContinuousClock.Instant) {
        switch phase {
        case .head where !(tls?.isEstablished ?? true): abort()
        case .head: input.isEmpty ? abort() : refuse(Refusal(.requestTimeout, "The request took too long."))
        case .body: refuse(Refusal(.requestTimeout, "The body took too long."))
        case .lingering: abort()
        case .webSocket, .handling, .streaming, .flushing: phaseDeadline = nil
        }
    }

    override func insecure(_ fault: TLSFault) { core.warn("TLS with the client \(peer) failed: \(fault)") }

    /// Says that nothing more comes, and waits a moment for the client to go.
    override func linger() {
        if case .lingering = phase { return }
        phase = .lingering
        webSocket?.finish(.lost(reason: "the connection went away"))
        webSocket = nil
        input = []
        output.seal()
        sayEnd()
        if !isReading { resumeReading() }
        lingersUntil = core.clock.now + ServerConnection.lingerTime
        setDeadline(ServerConnection.lingerSilence)
    }

    override func goAway() {
        keepsConnection = false
        switch phase {
        case .webSocket: closeWebSocket(.goingAway, "the server is stopping", dropWaiting: true)
        case .flushing, .lingering: break
        case .head, .body, .handling, .streaming: abort()
        }
    }

    override func ended(_ closure: WebSocketClosure) {
        super.ended(closure)
        task?.cancel()
        task = nil
    }

    /// Hands a request over.
    func handle(_ request: HTTPRequest) {
        let (id, number, mailbox, handler) = (id, requestNumber, core.mailbox, handler)
        task = Task {
            let response = await handler(request)
            _ = mailbox.post(.respond(connection: id, request: number, response))
        }
    }

    private func finishExchange() {
        task = nil
        guard keepsConnection else { return linger() }
        phase = .head
        setDeadline(input.isEmpty ? policy.idleTimeout : policy.headTimeout)
        resumeReading()
        process()
    }
}
