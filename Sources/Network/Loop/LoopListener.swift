/// A listener as the loop knows it; only the loop's thread touches it.
final class LoopListener {
    let source: ListenerSource
    /// The library's object for the listening socket.
    var wsi: OpaquePointer?
    var connections: Set<UInt64> = []
    /// While the system has no descriptors left, nothing is accepted until then.
    var pausedUntil: ContinuousClock.Instant?
    /// Told when it has been closed.
    var closed: [CheckedContinuation<Void, Never>] = []

    init(_ source: ListenerSource) { self.source = source }
}
