import CWebSockets
import Glibc

extension LoopCore {
    /// How many connections one listener may bring before the others are served again.
    private static let acceptsAtOnce = 64

    func listen(_ source: ListenerSource) {
        let listener = LoopListener(source)
        listeners[source.id] = listener
        listener.wsi = library?.adopt(listener: source.descriptor, id: source.id)
        guard listener.wsi == nil else { return }
        listeners[source.id] = nil
        log(
            NetworkLogEntry(level: .error, text: "cannot listen on \(source.address): libwebsockets refused the socket")
        )
    }

    func closeListener(_ id: UInt64, _ done: CheckedContinuation<Void, Never>) {
        guard let listener = listeners[id] else { return done.resume() }
        listener.closed.append(done)
        kill(listener.wsi)
        for connection in listener.connections { connections[connection]?.goAway() }
        finishIfClosed(listener)
    }

    /// The listening socket has been closed by the library.
    func listenerClosed(_ id: UInt64) {
        guard let listener = listeners[id] else { return }
        listener.wsi = nil
        finishIfClosed(listener)
    }

    func finishIfClosed(_ listener: LoopListener) {
        guard listener.wsi == nil, listener.connections.isEmpty else { return }
        listeners[listener.source.id] = nil
        listener.closed.forEach { $0.resume() }
        listener.closed = []
    }

    func accept(_ id: UInt64) {
        guard let listener = listeners[id], listener.closed.isEmpty else { return }
        for _ in 0..<LoopCore.acceptsAtOnce {
            let (accepted, peer) = SocketAddress.accept(listener.source.descriptor)
            if accepted >= 0 {
                admit(HighDescriptor.moved(accepted), peer.numeric, on: listener)
                continue
            }
            switch errno {
            case EAGAIN: return
            case EMFILE, ENFILE, ENOBUFS, ENOMEM:
                warn("\(listener.source.address) takes no connections for a second: \(SystemText.error(errno))")
                pause(listener)
                return
            default: continue
            }
        }
    }

    /// Without a pause the waiting connection would be reported again and again while there is no descriptor for it.
    private func pause(_ listener: LoopListener) {
        lws_rx_flow_control(listener.wsi, 0)
        listener.pausedUntil = clock.now + .seconds(1)
        checkSoon(clock.now + .seconds(1))
    }

    private func admit(_ socket: Int32, _ peer: PeerAddress, on listener: LoopListener) {
        guard hasRoom(for: peer, on: listener) else {
            LoopCore.turnAway(socket, listener.source)
            return
        }
        SocketOption.set(socket, Int32(IPPROTO_TCP), TCP_NODELAY, 1)
        // What was written and not sent stays small, so that a slow client holds little and gets the newest state.
        SocketOption.set(socket, Int32(IPPROTO_TCP), TCP_NOTSENT_LOWAT, 128 << 10)
        let local = SocketAddress.local(of: socket)?.numeric
        let id = nextID()
        let session = listener.source.tls?.session()
        guard (session == nil) == (listener.source.tls == nil) else {
            warn("\(listener.source.address): TLS has no memory for a connection of \(peer)")
            return ListeningSocket.close(socket)
        }
        guard let wsi = library?.adopt(socket: socket, id: id) else {
            warn("\(listener.source.address): libwebsockets refused a connection of \(peer)")
            return
        }
        let fallback = PeerAddress(host: listener.source.address.host, port: listener.source.address.port)
        let connection = serve(
            Accepted(id: id, wsi: wsi, socket: socket, peer: peer, local: local ?? fallback, tls: session),
            listener.source)
        connections[id] = connection
        listener.connections.insert(id)
        connection.begin()
        if let deadline = connection.deadline { checkSoon(deadline) }
    }

    private struct Accepted {
        let id: UInt64
        let wsi: OpaquePointer
        let socket: Int32
        let peer: PeerAddress
        let local: PeerAddress
        let tls: TLSSession?
    }

    private func serve(_ accepted: Accepted, _ source: ListenerSource) -> SocketConnection {
        switch source.service {
        case .http(let handler):
            return ServerConnection(
                id: accepted.id, wsi: accepted.wsi, socket: accepted.socket, listener: source, handler: handler,
                peer: accepted.peer, local: accepted.local, tls: accepted.tls, core: self)
        case .stream(let handler, let options):
            let id = accepted.id
            return StreamConnection(
                id: id, wsi: accepted.wsi, socket: accepted.socket, listener: source.id, peer: accepted.peer,
                local: accepted.local, tls: accepted.tls, host: accepted.peer.description, options: options, core: self
            ) { [weak self] result in
                guard case .success(let stream) = result else { return }
                (self?.connections[id] as? StreamConnection)?.task = Task {
                    await handler(stream)
                    stream.close()
                }
            }
        }
    }

    private func hasRoom(for peer: PeerAddress, on listener: LoopListener) -> Bool {
        let policy = listener.source.policy
        let own = listener.connections.count { connections[$0]?.peer.host == peer.host }
        if own >= policy.maximumConnectionsPerPeer { return evict(listener) { $0.peer.host == peer.host } }
        if listener.connections.count >= policy.maximumConnections { return evict(listener) { _ in true } }
        return connections.count < limits.connections || evict(listener) { _ in true }
    }

    /// Ends the connection that has waited longest for a request; false when all are in use.
    private func evict(_ listener: LoopListener, _ condition: (SocketConnection) -> Bool) -> Bool {
        let idle = listener.connections.compactMap { connections[$0] }.filter { $0.isIdle && condition($0) }
        guard let oldest = idle.min(by: { $0.lastActivity < $1.lastActivity }) else { return false }
        oldest.abort()
        closed(oldest.id)
        return true
    }

    private static func turnAway(_ socket: Int32, _ source: ListenerSource) {
        guard source.tls == nil, case .http = source.service else { return ListeningSocket.close(socket) }
        let text = Array(
            "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nRetry-After: 5\r\nConnection: close\r\n\r\n".utf8)
        _ = send(socket, text, text.count, CH_MSG_FLAGS)
        shutdown(socket, Int32(SHUT_WR))
        close(socket)
    }
}
