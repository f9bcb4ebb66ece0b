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
        guard let listener = listeners[connection.listener.id] else { return }
        listener.connections.remove(id)
        finishIfClosed(listener)
    }

    /// The loop looks at the deadlines no later than this.
    func checkSoon(_ moment: ContinuousClock.Instant) {
        if let nextCheck, nextCheck <= moment { return }
        guard let context = library?.context else { return }
        nextCheck = moment
        let wait = (moment - clock.now).components
        let microseconds = max(1000, wait.seconds * 1_000_000 + wait.attoseconds / 1_000_000_000_000)
        lws_sul_schedule(context, 0, timer, loopTimer, microseconds)
    }

    func checkDeadlines(stopAt: ContinuousClock.Instant?) {
        let now = clock.now
        if let stopAt { checkSoon(stopAt) }
        guard let due = nextCheck, due <= now else { return }
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

/// The timer only wakes the loop, which looks at the deadlines after each round.
private func loopTimer(_ timer: UnsafeMutablePointer<lws_sorted_usec_list_t>?) {}
