import CModbus
import DriverAPI
import Glibc

extension ServerLoop {
    /// Takes new clients in, or turns them away.
    func accept(_ source: ListenerSource) {
        for _ in 0..<64 {
            var storage = sockaddr_storage()
            var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
            var peer: SocketAddress?
            let fd = withUnsafeMutablePointer(to: &storage) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                    let fd = Descriptor.moved(up: accept4(source.fd, address, &length, CH_SOCK_FLAGS))
                    if fd >= 0 { peer = SocketAddress(address, length: length) }
                    return fd
                }
            }
            guard fd >= 0 else {
                if errno == EMFILE || errno == ENFILE { turnAway(source) }
                return
            }
            let allowed = source.rules.allow.isEmpty || source.rules.allow.contains(peer?.host ?? "")
            guard allowed, hasRoom(source) else {
                Glibc.close(fd)
                continue
            }
            TCPConnection.set(fd, Int32(IPPROTO_TCP), TCP_NODELAY, 1)
            TCPConnection.set(fd, SOL_SOCKET, SO_KEEPALIVE, 1)
            // A client whose machine is gone without a word frees its place after 90 s.
            TCPConnection.set(fd, Int32(IPPROTO_TCP), TCP_KEEPIDLE, 60)
            TCPConnection.set(fd, Int32(IPPROTO_TCP), TCP_KEEPINTVL, 10)
            TCPConnection.set(fd, Int32(IPPROTO_TCP), TCP_KEEPCNT, 3)
            lastConnection += 1
            let connection = ServerConnection(id: lastConnection, fd: fd, of: source, at: clock.now)
            connections[connection.id] = connection
            clientCounts[source.id, default: 0] += 1
            watch(fd, connection.id, CH_EPOLLIN)
        }
    }

    /// Whether a further client may come in; the one that was idle longest gives its place up if it was for long.
    private func hasRoom(_ source: ListenerSource) -> Bool {
        if clientCounts[source.id, default: 0] < source.rules.clients { return true }
        let others = connections.values.filter { $0.listener == source.id && $0.pending.isEmpty }
        guard let idle = others.min(by: { $0.lastRequest < $1.lastRequest }),
            idle.lastRequest.duration(to: clock.now) > source.rules.patience
        else { return false }
        close(idle)
        return true
    }

    /// Without a descriptor to spare the client would wait in the queue and wake the loop for ever.
    private func turnAway(_ source: ListenerSource) {
        if spare >= 0 { Glibc.close(spare) }
        let fd = accept4(source.fd, nil, nil, CH_SOCK_FLAGS)
        if fd >= 0 { Glibc.close(fd) }
        spare = open("/dev/null", O_RDWR | O_CLOEXEC)
    }

    /// Reads what a client sent and answers what is complete.
    func receive(_ connection: ServerConnection) {
        let count = recv(connection.fd, room.baseAddress, room.count, Int32(MSG_DONTWAIT))
        guard count > 0 else {
            if count == 0 || (errno != EAGAIN && errno != EINTR) { close(connection) }
            return
        }
        let now = clock.now
        connection.lastByte = now
        let bytes = UnsafeRawBufferPointer(rebasing: room[..<count])
        switch connection.framing {
        case .mbap: connection.mbap.feed(bytes, at: now)
        case .rtu: connection.rtu.feed(bytes, at: now)
        }
        serveRequests(of: connection, at: now)
    }

    /// Answers what is complete of what a client sent, as long as not too many of its requests wait.
    private func serveRequests(of connection: ServerConnection, at now: MonotonicTime) {
        while connections[connection.id] != nil, !connection.isFull {
            switch connection.framing == .mbap ? connection.mbap.next() : connection.rtu.next() {
            case .frame(let frame):
                connection.lastRequest = now
                connection.unfinishedSince = nil
                serve(frame, connection.handler, source: connection.id, requestEnd: now)
            case .garbage where connection.framing == .mbap: return close(connection)
            case .garbage:
                connection.unfinishedSince = nil
                return connection.rtu.discard()
            case .incomplete:
                if connection.rtu.isOpen {
                    timers.add(.silence(connection.id, since: now), at: now.advanced(by: .milliseconds(50)))
                } else if connection.mbap.isOpen, connection.unfinishedSince == nil {
                    connection.unfinishedSince = now
                    timers.add(
                        .unfinished(connection.id, since: now), at: now.advanced(by: connection.rules.patience))
                }
                return
            }
        }
    }

    /// Asks the handler and passes its reply on.
    func serve(_ frame: ServerFrame, _ handler: ServerHandler, source: UInt64, requestEnd: MonotonicTime) {
        var path = ReplyPath(
            source: source, unit: frame.unit, transaction: frame.transaction, function: frame.pdu.first ?? 0,
            requestEnd: requestEnd)
        // Whoever waits on a line is asked no more: it has sent another request.
        lines[source]?.pending.removeAll()
        let mailbox = mailbox
        switch handler {
        case .now(let handler):
            send(handler.respond(unit: frame.unit, pdu: frame.pdu, at: requestEnd), path)
        case .later(let handler):
            lastRequest += 1
            path.request = lastRequest
            let task = Task { [path] in
                let reply = await handler.respond(unit: frame.unit, pdu: frame.pdu, at: requestEnd)
                _ = mailbox.post(.reply(reply, path))
            }
            wait(for: path) { task.cancel() }
        case .deferring(let handler):
            lastRequest += 1
            path.request = lastRequest
            let answer = handler.respond(unit: frame.unit, pdu: frame.pdu, at: requestEnd) { [path] reply in
                _ = mailbox.post(.reply(reply, path))
            }
            switch answer {
            case .now(let reply): send(reply, path)
            case .later(let cancel): wait(for: path, cancel)
            }
        }
    }

    private func wait(for path: ReplyPath, _ cancel: @escaping @Sendable () -> Void) {
        if let connection = connections[path.source] {
            connection.pending[path.request] = cancel
        } else {
            lines[path.source]?.pending.insert(path.request)
        }
    }

    /// Answers a request that waited, and reads on where too many did.
    func finish(_ path: ReplyPath, with reply: ModbusReply) {
        if let connection = connections[path.source] {
            let wasFull = connection.isFull
            guard connection.pending.removeValue(forKey: path.request) != nil else { return }
            send(reply, path)
            guard wasFull, connections[connection.id] != nil else { return }
            serveRequests(of: connection, at: clock.now)
            if connections[connection.id] != nil { watchAgain(connection) }
        } else if lines[path.source]?.pending.remove(path.request) != nil {
            send(reply, path)
        }
    }

    /// Sends a reply where the request came from, if that is still there.
    func send(_ reply: ModbusReply, _ path: ReplyPath) {
        switch reply {
        case .pdu(let pdu): send(pdu, after: .zero, path)
        case .delayed(let pdu, let delay): send(pdu, after: delay, path)
        case .silence: break
        case .close: if let connection = connections[path.source] { close(connection) }
        }
    }

    private func send(_ pdu: [UInt8], after delay: Duration, _ path: ReplyPath) {
        guard !pdu.isEmpty, pdu.count <= RequestFrame.maximumPDU else { return }
        if let line = lines[path.source] {
            let portions = line.portions(of: CRC16.sealed([path.unit] + pdu), after: path.requestEnd, delay: delay)
            for portion in portions { timers.add(.reply(portion.bytes, to: path.source), at: portion.due) }
        } else if let connection = connections[path.source] {
            let bytes =
                connection.framing == .mbap
                ? MBAPFramer.sealed(pdu, unit: path.unit, transaction: path.transaction)
                : CRC16.sealed([path.unit] + pdu)
            if delay > .zero {
                timers.add(.reply(bytes, to: path.source), at: path.requestEnd.advanced(by: delay))
            } else {
                write(bytes, to: path.source)
            }
        }
    }

    /// Writes to a connection or a line, if it is still there.
    func write(_ bytes: [UInt8], to id: UInt64) {
        if let connection = connections[id] {
            if connection.send(bytes) { watchAgain(connection) } else { close(connection) }
        } else if let line = lines[id], line.fd >= 0 {
            // What a full line does not take is lost, as it would be on a wire nobody listens to.
            _ = Glibc.write(line.fd, bytes, bytes.count)
        }
    }

    /// Asks for writability only while something waits, and for nothing to read while it cannot be answered.
    func watchAgain(_ connection: ServerConnection) {
        guard connection.watched != connection.wanted else { return }
        connection.watched = connection.wanted
        watch(connection.fd, connection.id, connection.wanted, change: true)
    }

    /// Ends a connection.
    func close(_ connection: ServerConnection) {
        guard connections.removeValue(forKey: connection.id) != nil else { return }
        clientCounts[connection.listener, default: 1] -= 1
        Glibc.close(connection.fd)
        for cancel in connection.pending.values { cancel() }
        connection.pending = [:]
    }

    /// Ends the connections of a listener.
    func disconnectClients(of listener: UInt64) {
        for connection in connections.values where connection.listener == listener { close(connection) }
    }

    /// Ends a listener with its connections, or a line.
    func stop(_ id: UInt64) {
        if let source = listeners.removeValue(forKey: id) {
            disconnectClients(of: id)
            clientCounts[id] = nil
            Glibc.close(source.fd)
        }
        if let line = lines.removeValue(forKey: id) { release(line) }
    }
}
