import DriverAPI
import Synchronization

/// A clock for several tasks: sleepers register, and the test moves the time.
///
/// Sleepers wake in the order of their deadlines, those of one moment in the order in which they fell asleep, and with
/// ``advance(by:sleepers:)`` one after the other, so that a run is the same every time.
public final class SharedVirtualClock: SiteClock {
    private struct Sleeper {
        var id: Int
        var deadline: MonotonicTime
        var continuation: CheckedContinuation<Void, any Error>
    }

    private struct Watcher {
        var count: Int
        var continuation: CheckedContinuation<Void, Never>
    }

    private struct State {
        var now: MonotonicTime
        var sleepers: [Sleeper] = []
        var watchers: [Watcher] = []
        var cancelled: Set<Int> = []
        var ids = 0

        /// Takes out the sleeper that wakes next, up to and including `limit`, and moves the time to its deadline.
        mutating func next(upTo limit: MonotonicTime) -> Sleeper? {
            let due = sleepers.indices.min {
                (sleepers[$0].deadline, sleepers[$0].id) < (sleepers[$1].deadline, sleepers[$1].id)
            }
            guard let due, sleepers[due].deadline <= limit else { return nil }
            now = max(now, sleepers[due].deadline)
            return sleepers.remove(at: due)
        }

        /// Takes out the watchers that have waited for as many sleepers as there are now.
        mutating func satisfied() -> [Watcher] {
            let count = sleepers.count
            defer { watchers.removeAll { $0.count <= count } }
            return watchers.filter { $0.count <= count }
        }
    }

    private let state: Mutex<State>

    /// Makes a clock that stands at `start`.
    public init(start: MonotonicTime = .zero) { state = Mutex(State(now: start)) }

    /// The present moment of the virtual world.
    public var now: MonotonicTime { state.withLock { $0.now } }

    /// One nanosecond.
    public var minimumResolution: Duration { .nanoseconds(1) }

    /// How many tasks sleep.
    public var sleeping: Int { state.withLock { $0.sleepers.count } }

    /// Waits until somebody moves the time to `deadline`; throws `CancellationError` when the task is cancelled.
    public func sleep(until deadline: MonotonicTime, tolerance: Duration?) async throws {
        let id = state.withLock { state in
            state.ids += 1
            return state.ids
        }
        defer { state.withLock { _ = $0.cancelled.remove(id) } }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                register(Sleeper(id: id, deadline: deadline, continuation: continuation))
            }
        } onCancel: {
            cancel(id)
        }
    }

    /// Returns when at least `count` tasks sleep.
    public func waitUntilSleeping(_ count: Int) async {
        await withCheckedContinuation { continuation in
            let ready = state.withLock { state in
                state.watchers.append(Watcher(count: count, continuation: continuation))
                return state.satisfied()
            }
            for watcher in ready { watcher.continuation.resume() }
        }
    }

    /// Moves the time by `duration` and wakes everyone who is due, without waiting for what they do.
    public func advance(by duration: Duration) {
        let target = now.advanced(by: duration)
        while let sleeper = state.withLock({ $0.next(upTo: target) }) { sleeper.continuation.resume() }
        state.withLock { $0.now = max($0.now, target) }
    }

    /// Moves the time by `duration`; before every step and at the end it waits until `sleepers` tasks sleep.
    ///
    /// The tasks must come back to sleep: a task that ends makes this wait for ever.
    public func advance(by duration: Duration, sleepers: Int) async {
        await waitUntilSleeping(sleepers)
        let target = now.advanced(by: duration)
        while let sleeper = state.withLock({ $0.next(upTo: target) }) {
            sleeper.continuation.resume()
            await waitUntilSleeping(sleepers)
        }
        state.withLock { $0.now = max($0.now, target) }
    }

    /// Puts a sleeper into the list, unless its moment has come or its task was cancelled meanwhile.
    private func register(_ sleeper: Sleeper) {
        enum Outcome { case sleeps([Watcher]), due, cancelled }
        let outcome: Outcome = state.withLock { state in
            if state.cancelled.remove(sleeper.id) != nil { return .cancelled }
            if sleeper.deadline <= state.now { return .due }
            state.sleepers.append(sleeper)
            return .sleeps(state.satisfied())
        }
        switch outcome {
        case .sleeps(let ready): for watcher in ready { watcher.continuation.resume() }
        case .due: sleeper.continuation.resume()
        case .cancelled: sleeper.continuation.resume(throwing: CancellationError())
        }
    }

    /// Wakes a cancelled sleeper, or remembers it for the moment it falls asleep.
    private func cancel(_ id: Int) {
        let sleeper: Sleeper? = state.withLock { state in
            guard let index = state.sleepers.firstIndex(where: { $0.id == id }) else {
                state.cancelled.insert(id)
                return nil
            }
            return state.sleepers.remove(at: index)
        }
        sleeper?.continuation.resume(throwing: CancellationError())
    }
}
