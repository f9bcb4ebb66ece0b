import DeviceProfiles
import DriverAPI

extension ProfileEngine {
    /// Waits for the device's sake: nothing is done meanwhile.
    func hold(until end: MonotonicTime) async {
        while clock.now < end, !connection.isClosed, !Task.isCancelled {
            await waiting.wait(until: end, since: commands.arrivals)
        }
    }

    /// Waits inside a control block: readings go on, and a stop or lowering of the charge limit does not wait.
    ///
    /// Throws ``DriverError/superseded`` when a lower limit takes the place of the one being set,
    /// ``DriverError/unreachable(_:)`` when the device falls silent.
    func pause(until end: MonotonicTime, in block: ControlBlock) async throws(DriverError) {
        while true {
            let arrivals = commands.arrivals
            if mustEnd { throw .closed }
            try await giveWay(in: block)
            let now = clock.now
            if now >= end { return }
            if let due = board.nextDue, due <= now {
                guard await poll(until: end, in: block) else { throw lost() }
                _ = publish()
                if !connection.isSetUp { throw lost("the connection was made anew") }
                if clock.now > now || board.nextDue.map({ $0 > now }) ?? true { continue }
            }
            await waiting.wait(
                until: min(end, board.nextDue.map { max($0, now.advanced(by: .milliseconds(1))) } ?? end),
                since: arrivals)
        }
    }

    /// Whether the device is being closed, and this is not its farewell.
    var mustEnd: Bool { connection.isClosed || Task.isCancelled || commands.isClosed && !connection.isLeaving }

    /// Sleeps until the next round has something to do, or something comes in.
    func rest() async {
        let arrivals = commands.arrivals
        if mustEnd || hasStartableCommand { return }
        let soonest = clock.now.advanced(by: .milliseconds(1))
        await waiting.wait(until: max(nextDue, soonest), since: arrivals)
    }

    /// Whether something came in during the round that may start now; nothing else would wake the engine for it.
    private var hasStartableCommand: Bool {
        guard commands.hasCommands else { return false }
        return commands.hasErrands || commands.waiting.contains { startTime(of: $0) <= clock.now }
    }

    /// Lets a waiting charge command through that may not wait for the block at work.
    private func giveWay(in block: ControlBlock) async throws(DriverError) {
        guard let target = waitingCharge, isUrgent(target) else { return }
        switch block {
        case .charge: throw .superseded
        case .phases where charge.isPaused: return
        default:
            guard let command = commands.take(.charge) else { return }
            await finish(command)
            guard contact.isOnline else { throw lost() }
        }
    }

    /// Whether a command that waits stops a round between two requests while `block` is at work.
    func mustGiveWay(in block: ControlBlock?) -> Bool {
        guard commands.hasCommands else { return false }
        if block == nil { return true }
        return waitingCharge.map { isUrgent($0) } ?? false
    }

    /// The charge command that waits.
    private var waitingCharge: ChargeTarget? {
        for command in commands.waiting { if case .charge(let target) = command { return target } }
        return nil
    }

    /// Runs what waits and may start now; between two requests of a round no block is at work.
    func serveCommands() async {
        while let errand = commands.takeErrand() { await errand.run(self) }
        for command in commands.waiting where startTime(of: command) <= clock.now {
            guard let taken = commands.take(ControlBlock(command)) else { continue }
            await finish(taken)
        }
    }

    /// When the first of the commands that wait may start; nil when none waits.
    var nextCommand: MonotonicTime? { commands.waiting.map { startTime(of: $0) }.min() }

    /// Carries a command out and answers who waits for it.
    private func finish(_ command: CommandQueue.Waiting) async {
        do throws(DriverError) {
            command.finish(.success(try await perform(command.command, isAnew: command.isAnew)))
        } catch {
            command.finish(.failure(error))
        }
    }
}
