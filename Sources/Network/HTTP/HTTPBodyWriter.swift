/// Takes the bytes of a streamed body; nothing is held beyond a small window.
public struct HTTPBodyWriter: Sendable {
    /// How much may wait for the client before `write` waits too.
    static let window = 256 << 10

    let output: OutboundQueue
    let wake: @Sendable () -> Void
    let counter: BodyCounter

    /// Hands bytes over; returns when there is room for more. Throws when the client has gone away, or when these bytes
    /// would make the body longer than announced.
    public func write(_ bytes: [UInt8]) async throws(HTTPBodyError) {
        guard counter.take(bytes.count) else { throw .tooLong }
        guard !bytes.isEmpty else { return }
        guard output.append(bytes) != .closed else { throw .clientGone }
        wake()
        guard await output.room(below: HTTPBodyWriter.window) else { throw .clientGone }
    }
}
