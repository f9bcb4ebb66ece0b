import DriverAPI
import Synchronization

/// When the control loop ran last; before the first tick, when the host was made.
final class TickRecord: Sendable {
    private let time: Mutex<MonotonicTime>

    init(_ start: MonotonicTime) { time = Mutex(start) }

    /// The last tick.
    var last: MonotonicTime { time.withLock { $0 } }

    /// A tick has ended.
    func note(_ moment: MonotonicTime) { time.withLock { $0 = moment } }
}
