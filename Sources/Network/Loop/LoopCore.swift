import CWebSockets

/// The inside of the loop. Made by `start`, then touched by the loop's thread only.
final class LoopCore {
    let limits: NetworkLimits
    let mailbox: LoopMailbox
    let log: @Sendable (NetworkLogEntry) -> Void
    let clock = ContinuousClock()
    var library: LoopContext?
    var listeners: [UInt64: LoopListener] = [:]
    var connections: [UInt64: SocketConnection] = [:]
    /// When the loop looks at the deadlines again, and what wakes it then.
    var nextCheck: ContinuousClock.Instant?
    let timer = LoopTimer()
    private var lastID: UInt64 = 1 << 32
    private var dateSecond = 0
    private var dateText = ""

    init(_ limits: NetworkLimits, _ mailbox: LoopMailbox, _ log: @escaping @Sendable (NetworkLogEntry) -> Void) {
        self.limits = limits
        self.mailbox = mailbox
        self.log = log
    }

    func nextID() -> UInt64 {
        lastID += 1
        return lastID
    }

    func warn(_ text: String) { log(NetworkLogEntry(level: .warning, text: text)) }

    /// The date for responses, written once a second.
    var date: String {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        if now.tv_sec != dateSecond {
            dateSecond = now.tv_sec
            dateText = HTTPDate.text(now.tv_sec)
        }
        return dateText
    }

    /// Serves until told to stop.
    func run() {
        guard let library else { return }
        var stopAt: ContinuousClock.Instant?
        while stopAt == nil || (!connections.isEmpty && clock.now < (stopAt ?? clock.now)) {
            guard lws_service(library.context, 0) >= 0 else {
                log(NetworkLogEntry(level: .error, text: "libwebsockets has stopped serving; the network is down"))
                break
            }
            for command in mailbox.takeAll() where !perform(command) {
                stopAt = clock.now + .seconds(1)
                closeAll()
            }
            checkDeadlines(stopAt: stopAt)
        }
        end()
    }

    /// False when it was the command to stop.
    private func perform(_ command: LoopCommand) -> Bool {
        switch command {
        case .listen(let source): listen(source)
        case .closeListener(let id, let done): closeListener(id, done)
        case .countConnections(let id, let answer): answer.resume(returning: listeners[id]?.connections.count ?? 0)
        case .respond(let id, let request, let response):
            (connections[id] as? ServerConnection)?.respond(to: request, response)
            connections[id]?.writeNow()
        case .streamEnded(let id, let request, let failure):
            (connections[id] as? ServerConnection)?.streamEnded(request, failure)
        case .flush(let id): connections[id]?.writeNow()
        case .resumeReading(let id): connections[id]?.resumeReading()
        case .closeWebSocket(let id, let code, let reason): connections[id]?.closeWebSocket(code, reason)
        case .take(let dialed): take(dialed)
        case .closeStream(let id): (connections[id] as? StreamConnection)?.close()
        case .abort(let id): connections[id]?.abort()
        case .stop: return false
        }
        return true
    }

    private func closeAll() {
        for listener in listeners.values { kill(listener.wsi) }
        for connection in connections.values { connection.goAway() }
    }

    private func end() {
        let left = mailbox.close()
        // The library reports every socket it closes, and finds no context to turn to any more.
        let ending = library
        library = nil
        withExtendedLifetime(ending) {}
        for connection in connections.values { connection.ended(.lost(reason: "the network was stopped")) }
        connections = [:]
        for listener in listeners.values { listener.closed.forEach { $0.resume() } }
        listeners = [:]
        for command in left {
            switch command {
            case .listen(let source): ListeningSocket.close(source.descriptor)
            case .closeListener(_, let done): done.resume()
            case .countConnections(_, let answer): answer.resume(returning: 0)
            case .take(let dialed):
                ListeningSocket.close(dialed.descriptor)
                dialed.fail(.unavailable(reason: "the network was stopped"))
            default: break
            }
        }
    }

    /// Ends a socket soon, from outside its own callback.
    func kill(_ wsi: OpaquePointer?) {
        guard let wsi else { return }
        lws_set_timeout(wsi, PENDING_TIMEOUT_USER_REASON_BASE, CH_LWS_KILL_ASYNC)
    }
}
