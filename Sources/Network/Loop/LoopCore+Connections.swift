import CWebSockets

extension LoopCore {
    /// False ends the connection.
    func received(_ id: UInt64, _ bytes: UnsafeRawBufferPointer) -> Bool {
        guard let connection = connections[id] else { return false }
        connection.received(bytes)
        return !connection.isDoomed
    }

    /// False ends the connection.
    func writable(_ id: UInt64) -> Bool {
        guard let connection = connections[id] else { return false }
        connection.writable()
        return !connection.isDoomed
    }

    /// The library has closed the socket, or is about to.
    func closed(_ id: UInt64) {
        guard let connection = connections.removeValue(forKey: id) else { return }
        connection.ended(.lost(reason: "the connection went away"))
        guard let listener = connection.listenerID.flatMap({ listeners[$0] }) else { return }
        listener.connections.remove(id)
        finishIfClosed(listener)
    }

    /// The loop looks at the deadlines no later than this.
    func checkSoon(_ moment: ContinuousClock.Instant) {
        if let nextCheck, nextCheck <= moment { return }
        nextCheck = moment
        setTimer(moment)
    }

    private func setTimer(_ moment: ContinuousClock.Instant) {
        if let context = library?.context { timer.set(after: moment - clock.now, in: context) }
    }

    func checkDeadlines(stopAt: ContinuousClock.Instant?) {
        let now = clock.now
        if let stopAt { checkSoon(stopAt) }
        guard let due = nextCheck else { return }
        guard due <= now else {
            // The library's clock may be a little ahead of ours.
            if !timer.isSet { setTimer(due) }
            return
        }
        nextCheck = nil
        var earliest = stopAt
        for listener in listeners.values {
            guard let until = listener.pausedUntil else { continue }
            if until <= now {
                listener.pausedUntil = nil
                lws_rx_flow_control(listener.wsi, 1)
            } else {
                earliest = min(earliest ?? until, until)
            }
        }
        for connection in connections.values {
            connection.check(now)
            guard let deadline = connection.deadline else { continue }
            earliest = min(earliest ?? deadline, deadline)
        }
        // Deadlines close together are looked at together.
        if let earliest { checkSoon(max(earliest, now + .milliseconds(20))) }
    }
}
