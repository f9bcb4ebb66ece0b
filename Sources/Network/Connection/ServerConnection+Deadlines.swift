import CWebSockets

extension ServerConnection {
    /// When something must have happened; nil when nothing is due.
    var deadline: ContinuousClock.Instant? {
        guard !isDoomed else { return nil }
        let writing = isWriting ? lastProgress + policy.writeTimeout : nil
        guard let other = phaseDeadline ?? keepAliveDeadline else { return writing }
        return min(other, writing ?? other)
    }

    func check(_ now: ContinuousClock.Instant) {
        guard let deadline, deadline <= now else { return }
        if isWriting, lastProgress + policy.writeTimeout <= now {
            if case .webSocket(let link) = phase { link.finish(.lost(reason: "the client takes no bytes")) }
            return abort()
        }
        switch phase {
        case .head:
            input.isEmpty ? abort() : refuse(Refusal(.requestTimeout, "The request took too long."))
        case .body: refuse(Refusal(.requestTimeout, "The body took too long."))
        case .lingering: abort()
        case .webSocket(let link): checkKeepAlive(link, now)
        case .handling, .streaming, .flushing: phaseDeadline = nil
        }
    }

    private var isWriting: Bool { !output.isEmpty || lws_partial_buffered(wsi) != 0 }

    private var keepAliveDeadline: ContinuousClock.Instant? {
        guard case .webSocket(let link) = phase else { return nil }
        return link.keepAliveDeadline(lastHeard: max(lastActivity, isWriting ? lastProgress : lastActivity))
    }
}
