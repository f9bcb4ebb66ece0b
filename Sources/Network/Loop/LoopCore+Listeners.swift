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
            LoopCore.turnAway(socket)
            return
        }
        SocketOption.set(socket, Int32(IPPROTO_TCP), TCP_NODELAY, 1)
        // What was written and not sent stays small, so that a slow client holds little and gets the newest state.
        SocketOption.set(socket, Int32(IPPROTO_TCP), TCP_NOTSENT_LOWAT, 128 << 10)
        let local = SocketAddress.local(of: socket)?.numeric
        let id = nextID()
        guard let wsi = library?.adopt(socket: socket, id: id) else {
            warn("\(listener.source.address): libwebsockets refused a connection of \(peer)")
            return
        }
        let fallback = PeerAddress(host: listener.source.address.host, port: listener.source.address.port)
        connections[id] = ServerConnection(
            id: id, wsi: wsi, socket: socket, listener: listener.source, peer: peer, local: local ?? fallback,
            core: self)
        listener.connections.insert(id)
        checkSoon(clock.now + listener.source.policy.headTimeout)
    }

    private func hasRoom(for peer: PeerAddress, on listener: LoopListener) -> Bool {
        let policy = listener.source.policy
        let own = listener.connections.count { connections[$0]?.peer.host == peer.host }
        if own >= policy.maximumConnectionsPerPeer { return evict(listener) { $0.peer.host == peer.host } }
        if listener.connections.count >= policy.maximumConnections { return evict(listener) { _ in true } }
        return connections.count < limits.connections || evict(listener) { _ in true }
    }

    /// Ends the connection that has waited longest for a request; false when all are in use.
    private func evict(_ listener: LoopListener, _ condition: (ServerConnection) -> Bool) -> Bool {
        let idle = listener.connections.compactMap { connections[$0] }.filter { $0.isIdle && condition($0) }
        guard let oldest = idle.min(by: { $0.lastActivity < $1.lastActivity }) else { return false }
        oldest.abort()
        closed(oldest.id)
        return true
    }

    private static func turnAway(_ socket: Int32) {
        let text = Array(
            "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nRetry-After: 5\r\nConnection: close\r\n\r\n".utf8)
        _ = send(socket, text, text.count, CH_MSG_FLAGS)
        shutdown(socket, Int32(SHUT_WR))
        close(socket)
    }
}
