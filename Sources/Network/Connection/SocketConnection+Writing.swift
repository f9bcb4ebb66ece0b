import CWebSockets

extension SocketConnection {
    /// How much one connection may send before the others are served again.
    private static let sendsAtOnce = 256 << 10

    /// Asks the library to say when the socket takes bytes.
    func wantsToWrite() {
        guard !isDoomed else { return }
        lastProgress = core.clock.now
        lws_callback_on_writable(wsi)
        core.checkSoon(lastProgress + writeTimeout)
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
        guard flushTLS() else { return }
        if fault != nil { return sayGoodbye() }
        guard tls?.isEstablished ?? true else { return }
        var budget = SocketConnection.sendsAtOnce
        while let (bytes, offset) = output.current() {
            guard budget > 0 else {
                lws_callback_on_writable(wsi)
                return
            }
            let count = min(bytes.count - offset, LoopContext.pieceSize)
            guard put(bytes, from: offset, count) else { return abort() }
            budget -= count
            output.advance(count)
            if lws_partial_buffered(wsi) != 0 { return }
        }
        if lws_partial_buffered(wsi) == 0 { drained() }
    }

    /// Nothing is sent after this; what the other side still sends is not looked at.
    func sayEnd() {
        tls?.sayEnd()
        _ = flushTLS()
        if lws_partial_buffered(wsi) == 0 { shutdown(socket, Int32(SHUT_WR)) }
    }

    private func sayGoodbye() {
        shutdown(socket, Int32(SHUT_WR))
    }

    /// False when the socket takes no more for now, or is broken.
    private func flushTLS() -> Bool {
        guard lws_partial_buffered(wsi) == 0 else { return false }
        guard let tls, tls.hasOutput else { return true }
        let bytes = tls.takeOutput()
        guard write(bytes, from: 0, bytes.count) else {
            abort()
            return false
        }
        return lws_partial_buffered(wsi) == 0
    }

    private func put(_ bytes: [UInt8], from offset: Int, _ count: Int) -> Bool {
        guard let tls else { return write(bytes, from: offset, count) }
        let isEncrypted = bytes.withUnsafeBytes {
            tls.write(UnsafeRawBufferPointer(rebasing: $0[offset..<offset + count]))
        }
        let sealed = tls.takeOutput()
        return isEncrypted && write(sealed, from: 0, sealed.count)
    }

    /// In this role the library reads the bytes only; what the socket does not take it copies.
    private func write(_ bytes: [UInt8], from offset: Int, _ count: Int) -> Bool {
        let sent = bytes.withUnsafeBufferPointer { buffer in
            lws_write(
                wsi, UnsafeMutablePointer(mutating: buffer.baseAddress?.advanced(by: offset)), count, CH_LWS_WRITE_RAW)
        }
        return sent >= 0
    }
}
