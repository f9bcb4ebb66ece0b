import CWebSockets

extension SocketConnection {
    /// When something must have happened; nil when nothing is due.
    var deadline: ContinuousClock.Instant? {
        guard !isDoomed else { return nil }
        let writing = isWriting ? lastProgress + writeTimeout : nil
        guard let other = phaseDeadline ?? keepAliveDeadline else { return writing }
        return min(other, writing ?? other)
    }

    func check(_ now: ContinuousClock.Instant) {
        guard let deadline, deadline <= now else { return }
        if fault != nil { return abort() }
        if isWriting, lastProgress + writeTimeout <= now {
            webSocket?.finish(.lost(reason: "the other side takes no bytes"))
            return abort()
        }
        if let webSocket { return checkKeepAlive(webSocket, now) }
        expired(now)
    }

    private var isWriting: Bool {
        !output.isEmpty || lws_partial_buffered(wsi) != 0 || tls?.hasOutput == true
    }

    private var keepAliveDeadline: ContinuousClock.Instant? {
        webSocket?.keepAliveDeadline(lastHeard: max(lastActivity, isWriting ? lastProgress : lastActivity))
    }
}
