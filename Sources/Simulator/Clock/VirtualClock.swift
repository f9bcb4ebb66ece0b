import DriverAPI
import Synchronization

/// A clock for one sequential world: whoever sleeps moves the time, and everything that falls due on the way runs.
///
/// Nothing waits in reality, so minutes of a device's life pass in microseconds. Only one task may sleep on it; for
/// several tasks there is ``SharedVirtualClock``.
public final class VirtualClock: SiteClock {
    /// Something that happens at a moment; it gets the moment.
    public typealias Hook = @Sendable (MonotonicTime) -> Void

    private struct Entry {
        var time: MonotonicTime
        var order: Int
        var hook: Hook
    }

    private struct State {
        var now: MonotonicTime
        var entries: [Entry] = []
        var scheduled = 0

        /// The entry that falls due next, up to and including `limit`.
        mutating func next(upTo limit: MonotonicTime) -> Entry? {
            let due = entries.indices.min {
                (entries[$0].time, entries[$0].order) < (entries[$1].time, entries[$1].order)
            }
            guard let due, entries[due].time <= limit else { return nil }
            return entries.remove(at: due)
        }
    }

    private let state: Mutex<State>

    /// Makes a clock that stands at `start`.
    public init(start: MonotonicTime = .zero) { state = Mutex(State(now: start)) }

    /// The present moment of the virtual world.
    public var now: MonotonicTime { state.withLock { $0.now } }

    /// One nanosecond.
    public var minimumResolution: Duration { .nanoseconds(1) }

    /// Moves the time to `deadline` at once; throws `CancellationError` when the task is cancelled.
    public func sleep(until deadline: MonotonicTime, tolerance: Duration?) async throws {
        try Task.checkCancellation()
        advance(to: deadline)
    }

    /// Lets `hook` happen when the time reaches `moment`; a moment that has passed counts as now.
    ///
    /// Hooks of one moment run in the order in which they were scheduled. A hook may schedule others.
    public func schedule(at moment: MonotonicTime, _ hook: @escaping Hook) {
        state.withLock { state in
            state.entries.append(Entry(time: max(moment, state.now), order: state.scheduled, hook: hook))
            state.scheduled += 1
        }
    }

    /// Moves the time by `duration`, running what falls due.
    public func advance(by duration: Duration) { advance(to: now.advanced(by: duration)) }

    /// Moves the time to `moment`, running what falls due on the way, in order; the past is left alone.
    public func advance(to moment: MonotonicTime) {
        while let entry = due(upTo: moment) { entry.hook(entry.time) }
        state.withLock { $0.now = max($0.now, moment) }
    }

    /// Takes out the next entry and moves the time to it.
    private func due(upTo moment: MonotonicTime) -> Entry? {
        state.withLock { state in
            guard let entry = state.next(upTo: moment) else { return nil }
            state.now = max(state.now, entry.time)
            return entry
        }
    }
}
