extension SocketConnection {
    func receivedFrames(_ link: WebSocketLink, _ bytes: UnsafeRawBufferPointer) {
        guard link.closing != .answered else { return }
        link.reader.append(bytes)
        drainFrames(link)
    }

    /// Handles what has come; stops when nobody takes the messages.
    func drainFrames(_ link: WebSocketLink) {
        do throws(FrameReader.Violation) {
            while isReading, link.closing != .answered, let event = try link.reader.next() { handle(event, link) }
        } catch {
            closeWebSocket(error.code, error.reason, dropWaiting: true)
            link.closing = .answered
            wantsToWrite()
        }
    }

    private func handle(_ event: FrameReader.Event, _ link: WebSocketLink) {
        switch event {
        case .message(let message):
            if link.closing == .open, link.connection.messages.inbox.put(message) { pauseReading() }
        case .ping(let payload):
            output.prepend(control: link.frame(.pong, payload), replacingPong: true)
            wantsToWrite()
        case .pong:
            // The next ping may be due before the answer to the last one would have been.
            if let deadline { core.checkSoon(deadline) }
        case .close(let code, let reason): closedByPeer(link, code, reason)
        }
    }

    private func closedByPeer(_ link: WebSocketLink, _ code: UInt16, _ reason: String) {
        if link.closing == .open {
            link.closure = .byPeer(code: code, reason: reason)
            output.dropWaiting()
            output.append(code == 1005 ? link.frame(.close, []) : link.close(code, ""))
            output.seal()
        }
        link.closing = .answered
        link.finish(.byPeer(code: code, reason: reason))
        wantsToWrite()
    }

    /// Begins to close; what waits is sent before, unless it is to be dropped.
    func closeWebSocket(_ code: WebSocketCloseCode, _ reason: String, dropWaiting: Bool = false) {
        guard let link = webSocket, link.closing == .open else { return }
        link.closing = .sent
        link.closure = .byUs(code: code.code, reason: reason)
        if dropWaiting || code == .tryAgainLater { output.dropWaiting() }
        output.append(link.close(code.code, reason))
        output.seal()
        link.connection.messages.inbox.finish()
        wantsToWrite()
    }

    /// All frames are out.
    func webSocketDrained(_ link: WebSocketLink) {
        switch link.closing {
        case .open: break
        case .sent:
            if phaseDeadline == nil { setDeadline(link.options.closeTimeout) }
            resumeReading()
        case .answered:
            link.finish(.lost(reason: "the connection went away"))
            linger()
        }
    }

    func checkKeepAlive(_ link: WebSocketLink, _ now: ContinuousClock.Instant) {
        if phaseDeadline != nil {
            // Its answer to our close has not come in time.
            link.finish(.lost(reason: "the close was not answered"))
            return abort()
        }
        if !isReading {
            // Its answers are not seen while its messages wait to be taken.
            lastActivity = now
            return
        }
        if let pingedAt = link.pingedAt, lastActivity < pingedAt {
            link.closure = .lost(reason: "no answer to a ping for \(link.options.pongTimeout)")
            return abort()
        }
        link.pingedAt = now
        output.prepend(control: link.frame(.ping, []), replacingPong: false)
        wantsToWrite()
        core.checkSoon(now + link.options.pongTimeout)
    }
}
