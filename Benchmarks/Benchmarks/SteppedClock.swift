import DriverAPI
import Synchronization

/// The machine's clock with an offset that can be put forward, so that everything is due again at once.
final class SteppedClock: SiteClock {
    private let offset = Atomic<Int64>(0)

    /// Puts it forward.
    func step(_ duration: Duration) { offset.wrappingAdd(duration.wholeNanoseconds, ordering: .relaxed) }

    /// A moment of the machine's clock on this one.
    func shown(_ moment: MonotonicTime) -> MonotonicTime {
        MonotonicTime(nanoseconds: moment.nanoseconds + offset.load(ordering: .relaxed))
    }

    var now: MonotonicTime { shown(SystemClock().now) }
    var minimumResolution: Duration { .nanoseconds(1) }

    func sleep(until deadline: MonotonicTime, tolerance: Duration?) async throws {
        try await SystemClock().sleep(now.duration(to: deadline))
    }
}
