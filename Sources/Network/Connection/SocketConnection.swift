import CWebSockets

/// One connected socket of the loop, with TLS under it or without: what requests, WebSockets and plain streams have in
/// common. Only the loop's thread touches it.
class SocketConnection {
    let id: UInt64
    let wsi: OpaquePointer
    let peer: PeerAddress
    let local: PeerAddress
    let output = OutboundQueue()
    let tls: TLSSession?
    /// The listener it came in on; nil for one this host made.
    let listenerID: UInt64?
    unowned let core: LoopCore
    let socket: Int32

    /// Set once frames are spoken on it.
    var webSocket: WebSocketLink?
    var phaseDeadline: ContinuousClock.Instant?
    var lastActivity: ContinuousClock.Instant
    /// When the other side last took something of what it is sent.
    var lastProgress: ContinuousClock.Instant
    /// The connection ends with the callback that is running.
    private(set) var isDoomed = false
    private(set) var isReading = true
    /// Why TLS did not come about; nothing more is read or sent but what tells the other side.
    private(set) var fault: TLSFault?

    init(
        id: UInt64, wsi: OpaquePointer, socket: Int32, listener: UInt64?, peer: PeerAddress, local: PeerAddress,
        tls: TLSSession?, core: LoopCore
    ) {
        self.id = id
        self.wsi = wsi
        self.socket = socket
        listenerID = listener
        self.peer = peer
        self.local = local
        self.tls = tls
        self.core = core
        lastActivity = core.clock.now
        lastProgress = lastActivity
    }

    // What the kinds of connections do each in their way.

    /// How long the other side may take nothing of what it is sent.
    var writeTimeout: Duration { .seconds(30) }
    /// Whether it only waits and may give way to another one.
    var isIdle: Bool { false }
    /// The connection can carry bytes: it is there, and its TLS is agreed on.
    func ready() {}
    /// Bytes came, in clear.
    func take(_ bytes: UnsafeRawBufferPointer) {}
    /// All that was queued has been handed to the system.
    func drained() {}
    /// The deadline of what it is doing has passed.
    func expired(_ now: ContinuousClock.Instant) { abort() }
    /// TLS did not come about.
    func insecure(_ fault: TLSFault) {}
    /// Nothing more is to be said on it.
    func linger() { abort() }
    /// The host stops, or the listener does.
    func goAway() { abort() }

    /// It is gone: whoever waits for it is told.
    func ended(_ closure: WebSocketClosure) {
        isDoomed = true
        output.close()
        webSocket?.finish(closure)
    }

    /// Bytes came from the socket.
    func received(_ bytes: UnsafeRawBufferPointer) {
        lastActivity = core.clock.now
        guard let tls else { return take(bytes) }
        guard fault == nil else { return }
        tls.receive(bytes)
        proceed(tls)
        if tls.hasOutput { wantsToWrite() }
    }

    /// Begins what has to be agreed on before anything else.
    func begin() {
        guard let tls else { return ready() }
        proceed(tls)
        if tls.hasOutput { wantsToWrite() }
    }

    private func proceed(_ tls: TLSSession) {
        if !tls.isEstablished {
            switch tls.handshake() {
            case .needsMore: return
            case .failed(let fault): return breakOff(fault)
            case .established: ready()
            }
        }
        guard !isDoomed else { return }
        do throws(TLSFault) {
            guard let plain = try tls.read() else { return linger() }
            if !plain.isEmpty { plain.withUnsafeBytes { take($0) } }
        } catch { breakOff(error) }
    }

    private func breakOff(_ fault: TLSFault) {
        self.fault = fault
        insecure(fault)
        // Its alert is sent before it is closed.
        setDeadline(.seconds(1))
        wantsToWrite()
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
        if let webSocket { drainFrames(webSocket) }
    }

    /// Ends it at once; the library tells when it has.
    func abort() {
        guard !isDoomed else { return }
        isDoomed = true
        shutdown(socket, Int32(SHUT_RDWR))
        core.kill(wsi)
    }
}
