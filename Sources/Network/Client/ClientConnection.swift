/// A WebSocket to a server, from its connected socket on. Only the loop's thread touches it.
final class ClientConnection: SocketConnection {
    /// What becomes of it once it can be used, or why it cannot.
    typealias Opened = (Result<WebSocketConnection, ConnectError>) -> Void

    /// How long the server's end is waited for after ours.
    private static let lingerTime: Duration = .seconds(2)

    private let handshake: ClientHandshake
    private let options: WebSocketOptions
    private let opened: Opened
    private var answer: [UInt8] = []
    private var isOpen = false

    init(
        id: UInt64, wsi: OpaquePointer, socket: Int32, peer: PeerAddress, local: PeerAddress, tls: TLSSession?,
        handshake: ClientHandshake, options: WebSocketClientOptions, core: LoopCore, opened: @escaping Opened
    ) {
        self.handshake = handshake
        self.options = options.socket
        self.opened = opened
        super.init(id: id, wsi: wsi, socket: socket, listener: nil, peer: peer, local: local, tls: tls, core: core)
        phaseDeadline = lastActivity + options.handshakeTimeout
    }

    private var host: String { handshake.target.authority }

    override func ready() {
        output.append(handshake.request)
        wantsToWrite()
    }

    override func take(_ bytes: UnsafeRawBufferPointer) {
        if let webSocket { return receivedFrames(webSocket, bytes) }
        guard !isOpen else { return }
        answer.append(contentsOf: bytes)
        guard let end = endOfAnswer() else {
            if answer.count > ClientHandshake.longestAnswer {
                fail(.notWebSocket(host: host, reason: "its answer is longer than 16 KiB"))
            }
            return
        }
        do throws(ConnectError) {
            open(subprotocol: try handshake.check(Array(answer[..<end])), early: Array(answer[(end + 4)...]))
        } catch { fail(error) }
    }

    private func open(subprotocol: String?, early: [UInt8]) {
        let request = HTTPRequest(
            method: .get, path: handshake.target.path, peer: peer, local: local,
            webSocket: WebSocketOffer(subprotocols: handshake.subprotocols), tls: tls?.peer)
        let connection = WebSocketConnection(
            id: id, request: request, subprotocol: subprotocol, options: options, output: output,
            mailbox: core.mailbox, isClient: true)
        let link = WebSocketLink(connection, options, isClient: true)
        isOpen = true
        webSocket = link
        answer = []
        phaseDeadline = nil
        opened(.success(connection))
        link.reader.append(early)
        drainFrames(link)
        if let deadline { core.checkSoon(deadline) }
    }

    private func endOfAnswer() -> Int? {
        let marker: [UInt8] = [0x0D, 0x0A, 0x0D, 0x0A]
        guard answer.count >= 4 else { return nil }
        return (0...(answer.count - 4)).first { answer[$0] == 0x0D && Array(answer[$0..<($0 + 4)]) == marker }
    }

    override func drained() { if let webSocket { webSocketDrained(webSocket) } }

    override func expired(_ now: ContinuousClock.Instant) {
        fail(.timedOut(host: host, tls?.isEstablished == false ? "agreeing on TLS" : "opening the WebSocket"))
    }

    override func insecure(_ fault: TLSFault) {
        webSocket?.finish(.lost(reason: "\(fault)"))
        opened(.failure(.insecure(host: host, fault)))
    }

    /// The server closes the socket first (RFC 6455, 7.1.1): our close frame must not be lost to a reset.
    override func linger() {
        guard isOpen else { return abort() }
        webSocket?.finish(.lost(reason: "the connection went away"))
        webSocket = nil
        output.seal()
        sayEnd()
        if !isReading { resumeReading() }
        setDeadline(ClientConnection.lingerTime)
    }

    override func goAway() {
        if !isOpen { return fail(.unavailable(reason: "the network is being stopped")) }
        closeWebSocket(.goingAway, "the client is stopping", dropWaiting: true)
    }

    override func ended(_ closure: WebSocketClosure) {
        super.ended(closure)
        if !isOpen { opened(.failure(.lost(host: host))) }
    }

    private func fail(_ error: ConnectError) {
        if !isOpen { opened(.failure(error)) }
        abort()
    }
}
