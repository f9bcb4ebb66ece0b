import DeviceProfiles
import DriverAPI
import Modbus

extension ProfileEngine {
    /// Carries a command out and verifies it by reading back; waits where the profile asks for a pause before it.
    ///
    /// The first charge command of a connection asserts everything; the same value again writes nothing, unless it `isAnew`:
    /// then it asserts everything too.
    public func apply(_ command: Command, isAnew: Bool = false) async throws(DriverError) -> CommandOutcome {
        let start = startTime(of: command)
        if start > clock.now, contact.isOnline { try await pause(until: start, in: ControlBlock(command)) }
        return try await perform(command, isAnew: isAnew)
    }

    /// Carries a command out now.
    func perform(_ command: Command, isAnew: Bool) async throws(DriverError) -> CommandOutcome {
        if connection.isClosed { throw .closed }
        if !contact.isOnline || !connection.isSetUp { try await makeContact(for: command) }
        if connection.preparation == .needed, configuration.writesByItself, !isUrgent(command) {
            await prepareDevice()
        }
        switch command {
        case .charge(let target):
            if isAnew { charge.asserted = nil }
            do throws(DriverError) {
                return try await perform(target, cause: .command)
            } catch {
                if !contact.isOnline { keepForLater(target) }
                throw error
            }
        case .phases(let selection): return try await perform(selection)
        case .wakeUp: return try await wakeUp()
        case .lock(let isLocked):
            guard let point = current.control.lock else { throw .unsupported("the profile has no lock") }
            return try await perform(writing: .bool(isLocked), to: point, in: .lock)
        case .display(let text):
            guard let point = current.control.display else { throw .unsupported("the profile has no display") }
            return try await perform(writing: .text(text), to: point, in: .display)
        case .set(let point, let value): return try await perform(setting: point, to: value)
        }
    }

    /// Whether a command stops or lowers charging, so that nothing goes before it.
    private func isUrgent(_ command: Command) -> Bool {
        if case .charge(let target) = command { isUrgent(target) } else { false }
    }

    /// Reaches a device that is not connected, if it may be asked now.
    ///
    /// A stop or lowering that cannot be sent is kept: it goes out first when the box may be asked again.
    private func makeContact(for command: Command) async throws(DriverError) {
        do throws(DriverError) {
            guard contact.mayAsk(at: clock.now) else {
                if case .mismatch(let reason) = contact.state { throw .mismatch(reason) }
                throw lost()
            }
            try await connect()
        } catch {
            if case .charge(let target) = command, case .unreachable = error { keepForLater(target) }
            throw error
        }
    }

    private func keepForLater(_ target: ChargeTarget) {
        guard isUrgent(target) || charge.pending != nil && target == .off else { return }
        charge.pending = target
        log(.info, "\(current.id): the box is silent; \(target) goes out first when it may be asked again")
    }

    /// When a command may start: after the rest of its block, and after the dwell of the points it changes. Stopping and
    /// lowering wait for nothing.
    func startTime(of command: Command) -> MonotonicTime {
        let block = ControlBlock(command)
        if isUrgent(command) { return .zero }
        var start = writes.restsUntil[block] ?? .zero
        for (name, value) in changes(of: command) {
            guard let dwell = current.point(name)?.write?.minimumDwell, dwell > .zero,
                let last = writes.last[name], last.value != value
            else { continue }
            start = max(start, last.since.advanced(by: dwell))
        }
        return start
    }

    /// The points a command changes, and what they become as far as that can be told.
    private func changes(of command: Command) -> [(String, Value?)] {
        switch command {
        case .charge(let target):
            guard let control = current.control.charge else { return [] }
            var order: ChargeOrder?
            if let governance = try? governance() { order = try? self.order(target, governance) }
            let isOn: Value? = order.map { .bool($0.value > 0) }
            return [(control.set, order?.setPoint.map(Value.number)), ("charging_allowed", isOn)]
        case .phases(let selection):
            guard let point = current.control.phases?.set else { return [] }
            return [(point, phaseValue(selection, of: point))]
        case .lock(let isLocked): return current.control.lock.map { [($0, .bool(isLocked))] } ?? []
        case .display(let text): return current.control.display.map { [($0, .text(text))] } ?? []
        case .set(let point, let value): return [(point, value)]
        case .wakeUp: return []
        }
    }

    private func perform(
        writing value: Value, to point: String, in block: ControlBlock
    ) async throws(DriverError) -> CommandOutcome {
        let context = WriteContext(cause: .command, block: block)
        try expectPrepared(context)
        try await write(point, .value(value), context)
        try await verify(context)
        return CommandOutcome(frames: context.frames, verified: !context.checks.isEmpty)
    }

    /// Writes a setting, only if the device has another value.
    private func perform(setting name: String, to value: Value) async throws(DriverError) -> CommandOutcome {
        guard let position = board.position(name), let rule = board.points[position].definition.write else {
            throw .unsupported("the profile has no setting \(name)")
        }
        if rule.kind == .state, isGoverned(name) {
            throw .refused("\(name) is governed by charge commands and cannot be set by itself")
        }
        let context = WriteContext(cause: .command, block: .set(name))
        try expectPrepared(context)
        if rule.kind == .setting, board.points[position].place != nil {
            let prepared = try prepare(name, .value(value), isLowering: false)
            guard await readNow([position], urgency: .verify) else { throw lost() }
            if isShown(prepared) { return CommandOutcome(verified: true) }
        }
        try await write(name, .value(value), context)
        try await verify(context)
        return CommandOutcome(frames: context.frames, verified: !context.checks.isEmpty)
    }

    /// Whether the lists of the charge block write a point.
    func isGoverned(_ name: String) -> Bool {
        guard let charge = current.control.charge else { return false }
        if name == charge.set { return true }
        return (charge.start + charge.limit + charge.stop).contains {
            switch $0.action {
            case .natural(let point), .write(let point, _): point == name
            case .wait, .waitUntil: false
            }
        }
    }
}
