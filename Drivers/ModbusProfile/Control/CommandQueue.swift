import DriverAPI
import Synchronization

/// Commands and errands that wait for an engine, and the sleep they end.
///
/// Any task may submit; the engine takes. The newest command of a block replaces one that still waits.
final class CommandQueue: Sendable {
    /// A command that waits, and who waits for it.
    struct Waiting: Sendable {
        var command: Command
        /// Whether it leaves even where the box was told the same before.
        var isAnew = false
        var finish: @Sendable (Result<CommandOutcome, DriverError>) -> Void

        /// Its block.
        var block: ControlBlock { ControlBlock(command) }
    }

    /// Something else the engine is asked to do between two requests.
    struct Errand: Sendable {
        /// Does it.
        var run: @Sendable (isolated ProfileEngine) async -> Void
        /// Answers who waits when it will not be done.
        var drop: @Sendable () -> Void
    }

    private struct State {
        var commands: [Waiting] = []
        var errands: [Errand] = []
        var sleeper: CheckedContinuation<Void, Never>?
        var sleep = 0
        var arrivals = 0
        var isClosed = false
    }

    private let state = Mutex(State())
    private let count = Atomic(0)

    /// Whether anything waits; cheap enough to be asked before every request.
    var hasCommands: Bool { count.load(ordering: .relaxed) > 0 }

    /// Puts a command in; the older one of its block is answered with ``DriverError/superseded``.
    func submit(_ waiting: Waiting) {
        let (older, sleeper, isClosed) = state.withLock { state in
            if state.isClosed { return (nil as Waiting?, nil as CheckedContinuation<Void, Never>?, true) }
            let index = state.commands.firstIndex { $0.block == waiting.block }
            let older = index.map { state.commands.remove(at: $0) }
            state.commands.append(waiting)
            state.arrivals += 1
            return (older, takeSleeper(&state), false)
        }
        if isClosed { waiting.finish(.failure(.closed)) }
        older?.finish(.failure(.superseded))
        sleeper?.resume()
    }

    /// Puts an errand in; dropped at once when the queue is closed.
    func submit(_ errand: Errand) {
        let (sleeper, taken) = state.withLock { state in
            if state.isClosed { return (nil as CheckedContinuation<Void, Never>?, false) }
            state.errands.append(errand)
            state.arrivals += 1
            return (takeSleeper(&state), true)
        }
        if !taken { errand.drop() }
        sleeper?.resume()
    }

    /// Drops the errands that nobody will run any more.
    func dropErrands() { while let errand = takeErrand() { errand.drop() } }

    /// How many commands and errands came in so far.
    var arrivals: Int { state.withLock { $0.arrivals } }

    /// Whether an errand waits.
    var hasErrands: Bool { state.withLock { !$0.errands.isEmpty } }

    /// Whether it refuses everything.
    var isClosed: Bool { state.withLock { $0.isClosed } }

    /// The commands that wait, oldest first.
    var waiting: [Command] { state.withLock { $0.commands.map(\.command) } }

    /// Takes the waiting command of a block.
    func take(_ block: ControlBlock) -> Waiting? {
        state.withLock { state in
            guard let index = state.commands.firstIndex(where: { $0.block == block }) else { return nil }
            let taken = state.commands.remove(at: index)
            recount(state)
            return taken
        }
    }

    /// Takes the next errand.
    func takeErrand() -> Errand? {
        state.withLock { state in
            if state.errands.isEmpty { return nil }
            let errand = state.errands.removeFirst()
            recount(state)
            return errand
        }
    }

    /// Refuses everything from now on, and ends the sleep; commands that wait are answered with
    /// ``DriverError/closed``.
    func close() {
        let (commands, sleeper) = state.withLock { state in
            state.isClosed = true
            state.arrivals += 1
            let commands = state.commands
            state.commands = []
            return (commands, takeSleeper(&state))
        }
        for command in commands { command.finish(.failure(.closed)) }
        sleeper?.resume()
    }

    private func takeSleeper(_ state: inout State) -> CheckedContinuation<Void, Never>? {
        recount(state)
        let sleeper = state.sleeper
        state.sleeper = nil
        return sleeper
    }

    private func recount(_ state: State) {
        count.store(state.commands.count + state.errands.count, ordering: .relaxed)
    }
}

extension CommandQueue {
    /// Sleeps until `end`, or until something comes in after the first `known` arrivals.
    func sleep(until end: MonotonicTime, on clock: any SiteClock, since known: Int) async {
        let number = state.withLock { state in
            state.sleep += 1
            return state.sleep
        }
        let alarm = Task {
            try? await clock.sleep(until: end, tolerance: nil)
            self.wake(number)
        }
        await withCheckedContinuation { continuation in
            let isLate = state.withLock { state in
                if state.sleep != number || state.arrivals != known { return true }
                state.sleeper = continuation
                return false
            }
            if isLate { continuation.resume() }
        }
        alarm.cancel()
    }

    /// Ends the sleep of this number.
    private func wake(_ number: Int) {
        let sleeper = state.withLock { state in
            guard state.sleep == number else { return nil as CheckedContinuation<Void, Never>? }
            state.sleep += 1
            let sleeper = state.sleeper
            state.sleeper = nil
            return sleeper
        }
        sleeper?.resume()
    }
}
