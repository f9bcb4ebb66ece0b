import DeviceProfiles
import DriverAPI

extension ProfileEngine {
    /// Switches phases: with `pause`, charging is stopped before and started again after with the old value, also when
    /// switching failed.
    func perform(_ selection: PhaseSelection) async throws(DriverError) -> CommandOutcome {
        guard let control = current.control.phases else { throw .unsupported("the profile cannot switch phases") }
        let context = WriteContext(cause: .command, block: .phases)
        try expectPermission(.phases)
        try expectPrepared(context)
        if let bar = writeBar { throw bar }
        var steps = control.steps
        if let set = control.set {
            guard let value = phaseValue(selection, of: set) else {
                throw .unsupported("\(set) cannot be \(selection.rawValue)")
            }
            context.natural[set] = .value(value)
            if isAlready(value, set) { return CommandOutcome(verified: true) }
            _ = try prepare(set, .value(value), isLowering: false)
            if steps.isEmpty {
                steps = [Step(.natural(set), mark: board.points[board.position(set) ?? 0].definition.mark)]
            }
        }
        board.command = .number(Exact(text: selection.rawValue) ?? 0)
        defer { board.command = nil }
        try expect(control.when, control.whenText, block: .phases)
        let resumes = try await pauseCharging(control, context)
        do throws(DriverError) {
            try await runFreezing(steps, control, context)
        } catch {
            if contact.isOnline {
                await runFinally(control.finally, after: context)
                await resumeCharging(resumes, context)
            } else {
                charge.isPaused = false
            }
            throw error
        }
        await resumeCharging(resumes, context)
        return CommandOutcome(frames: context.frames, verified: !context.checks.isEmpty)
    }

    /// Whether the device was told this selection on this connection and shows it.
    private func isAlready(_ value: Value, _ set: String) -> Bool {
        guard let position = board.position(set), board.quality(of: position) == .good else { return false }
        let isShown = board.states[position].value.map { ProfileEngine.agree($0, value, within: 0) } ?? false
        let isWorn = board.points[position].definition.write?.persist != .ram
        return isShown && (isWorn || writes.last[set]?.value == value)
    }

    /// A selection in the kind of value the point has.
    func phaseValue(_ selection: PhaseSelection, of point: String) -> Value? {
        guard let definition = current.point(point) else { return nil }
        switch (definition.value.kind, selection) {
        case (.number, .auto): return nil
        case (.number, _): return Exact(text: selection.rawValue).map(Value.number)
        default: return .member(selection.rawValue)
        }
    }

    /// Stops charging for a phase switch; the value to start with again.
    private func pauseCharging(
        _ control: SequenceControl, _ context: WriteContext
    ) async throws(DriverError) -> Exact? {
        guard control.pause, current.control.charge != nil, charge.told != 0 else { return nil }
        let resumes = charge.told
        let outcome = try await perform(.off, cause: .command)
        context.frames += outcome.frames
        charge.isPaused = true
        return resumes
    }

    /// Starts charging again after a phase switch, unless a newer charge command waits or nothing was told before.
    private func resumeCharging(_ value: Exact?, _ context: WriteContext) async {
        charge.isPaused = false
        guard let value, value > 0, !commands.waiting.contains(where: { ControlBlock($0) == .charge }) else { return }
        do throws(DriverError) {
            let governance = try governance()
            let target: ChargeTarget = governance.unit == .W ? .power(value) : .current(value)
            let outcome = try await perform(target, cause: .command)
            context.frames += outcome.frames
        } catch {
            if error == .superseded { return }
            alarm("charging could not be started again after the phases were switched: \(error)")
        }
    }

    // MARK: Sequences

    /// Wakes a sleeping car.
    func wakeUp() async throws(DriverError) -> CommandOutcome {
        guard let control = current.control.wakeUp else { throw .unsupported("the profile cannot wake a car") }
        let context = WriteContext(cause: .command, block: .wakeUp)
        try expectPermission(.wakeUp)
        try expectPrepared(context)
        try expect(control.when, control.whenText, block: .wakeUp)
        writes.coolsUntil[.wakeUp] = clock.now.advanced(by: control.cooldown)
        do throws(DriverError) {
            try await runFreezing(control.steps, control, context)
        } catch {
            if contact.isOnline { await runFinally(control.finally, after: context) }
            throw error
        }
        return CommandOutcome(frames: context.frames, verified: !context.checks.isEmpty)
    }

    /// Refuses while a block's condition does not hold or its cooldown runs.
    private func expect(_ condition: Expression?, _ text: String?, block: ControlBlock) throws(DriverError) {
        board.now = clock.now
        if let condition, !condition.holds(in: board) { throw .refused(text ?? "\(block.name) is not allowed now") }
        if let end = writes.coolsUntil[block], end > clock.now {
            throw .refused("\(block.name) was run lately; it may run again in \(seconds(until: end)) s")
        }
    }

    private func seconds(until end: MonotonicTime) -> Int64 {
        (clock.now.duration(to: end) + .milliseconds(999)).components.seconds
    }

    /// Runs steps while the points of `freezes` keep their last value as stale, `settle` included.
    private func runFreezing(
        _ steps: [Step], _ control: SequenceControl, _ context: WriteContext
    ) async throws(DriverError) {
        freeze(control.freezes)
        defer { thawLater(control.freezes, block: context.block ?? .phases) }
        try await run(steps, context)
    }

    private func freeze(_ names: [String]) {
        for position in names.compactMap({ board.position($0) }) {
            board.states[position].isFrozen = true
            board.mark(position)
        }
    }

    private func thawLater(_ names: [String], block: ControlBlock) {
        if names.isEmpty { return }
        writes.thaws[block] = (names, max(writes.restsUntil[block] ?? .zero, clock.now))
        thaw()
    }

    /// Lets points live again whose time has come; they are read at once.
    func thaw() {
        let now = clock.now
        for (block, entry) in writes.thaws where entry.at <= now {
            writes.thaws[block] = nil
            let still = Set(writes.thaws.values.flatMap(\.points))
            for position in entry.points.filter({ !still.contains($0) }).compactMap({ board.position($0) }) {
                board.states[position].isFrozen = false
                board.mark(position)
                if board.points[position].target != nil { board.states[position].nextDue = now }
            }
        }
    }
}
