import DriverAPI

/// What a read brought, and when.
public struct Answer: Hashable, Sendable {
    /// 16-bit words; for coils and discrete inputs 0 or 1 each.
    public var words: [UInt16]
    /// When the request was handed to the line.
    public var sent: MonotonicTime
    /// When the whole answer was there.
    public var received: MonotonicTime

    /// Makes an answer.
    public init(words: [UInt16], sent: MonotonicTime, received: MonotonicTime) {
        self.words = words
        self.sent = sent
        self.received = received
    }

    /// From the handing over of the request to the end of the answer, the time on the wire included.
    public var duration: Duration { sent.duration(to: received) }
}
