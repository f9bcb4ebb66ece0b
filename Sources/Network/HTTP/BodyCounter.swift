import Synchronization

/// Counts a streamed body against its announced length.
final class BodyCounter: Sendable {
    private let left: Mutex<Int>

    init(length: Int) { left = Mutex(length) }

    /// Takes `count` bytes off; false when there are not as many.
    func take(_ count: Int) -> Bool {
        left.withLock { left in
            guard count <= left else { return false }
            left -= count
            return true
        }
    }

    var isComplete: Bool { left.withLock { $0 == 0 } }
}
