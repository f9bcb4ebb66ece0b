import CWebSockets

extension ServerConnection {
    /// How much one connection may send before the others are served again.
    private static let sendsAtOnce = 256 << 10

    /// Asks the library to say when the socket takes bytes.
    func wantsToWrite() {
        guard !isDoomed else { return }
        lastProgress = core.clock.now
        lws_callback_on_writable(wsi)
        core.checkSoon(lastProgress + policy.writeTimeout)
    }

    /// Sends at once what the socket takes, without a round through the library's wait: only from outside its callbacks.
    func writeNow() {
        guard !isDoomed, lws_partial_buffered(wsi) == 0, !output.isEmpty else { return }
        writable()
        if !isDoomed, let deadline { core.checkSoon(deadline) }
    }

    /// The socket takes bytes.
    func writable() {
        lastProgress = core.clock.now
        var budget = ServerConnection.sendsAtOnce
        while let (bytes, offset) = output.current() {
            guard budget > 0 else {
                lws_callback_on_writable(wsi)
                return
            }
            let count = min(bytes.count - offset, LoopContext.pieceSize)
            // In this role the library reads the bytes only; what the socket does not take it copies, at most one piece.
            let sent = bytes.withUnsafeBufferPointer { buffer in
                lws_write(
                    wsi, UnsafeMutablePointer(mutating: buffer.baseAddress?.advanced(by: offset)), count,
                    CH_LWS_WRITE_RAW)
            }
            guard sent >= 0 else { return abort() }
            budget -= count
            output.advance(count)
            if lws_partial_buffered(wsi) != 0 { return }
        }
        if lws_partial_buffered(wsi) == 0 { drained() }
    }

    private func drained() {
        switch phase {
        case .flushing: finishExchange()
        case .webSocket(let link): webSocketDrained(link)
        case .head, .body, .handling, .streaming, .lingering: break
        }
    }

    private func finishExchange() {
        task = nil
        guard keepsConnection else { return linger() }
        phase = .head
        setDeadline(input.isEmpty ? policy.idleTimeout : policy.headTimeout)
        resumeReading()
        process()
    }
}
