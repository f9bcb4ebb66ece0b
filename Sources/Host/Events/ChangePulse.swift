import Synchronization

/// Wakes who waits when something may have changed; beats that come meanwhile count once.
final class ChangePulse: Sendable {
    private let continuation = Mutex<AsyncStream<Void>.Continuation?>(nil)

    /// Begins to take beats; an earlier stream ends.
    func start() -> AsyncStream<Void> {
        let (beats, new) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        continuation.withLock { old in
            old?.finish()
            old = new
        }
        return beats
    }

    /// Something may have changed; nothing happens while nobody waits.
    func beat() { continuation.withLock { _ = $0?.yield() } }

    /// Takes no more beats.
    func stop() {
        continuation.withLock { old in
            old?.finish()
            old = nil
        }
    }
}
