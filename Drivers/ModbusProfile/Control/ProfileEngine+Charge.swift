import DeviceProfiles
import DriverAPI

extension ProfileEngine {
    /// What a charge command comes to.
    struct ChargeOrder: Hashable {
        /// The value to be told, in the governed unit; 0 for off.
        var value: Exact
        /// The number for the set-point; nil for off.
        var setPoint: Exact?
    }

    /// Carries out a charge command: start, limit, stop, or nothing when the value is the same.
    func perform(_ target: ChargeTarget, cause: WrittenFrame.Cause) async throws(DriverError) -> CommandOutcome {
        let governance = try governance()
        let order = try self.order(target, governance)
        board.command = .number(order.value)
        defer { board.command = nil }
        if charge.asserted == order.value {
            if readsAsTold { return CommandOutcome(told: order.value, verified: true) }
            charge.asserted = nil
        }
        let control = governance.control
        let steps: [Step]
        if order.value == 0 {
            steps = control.stop
        } else {
            if let when = control.when, !when.expression.holds(in: board) { throw .refused(when.text) }
            steps = charge.asserted == nil || charge.asserted == 0 ? control.start : control.limit
        }
        let context = WriteContext(cause: cause, block: .charge, isLowering: isLowering(order.value))
        if !context.isLowering { try expectPermission(toTell: order.value, cause) }
        try expectPrepared(context)
        setNaturals(of: context, order: order, control: control)
        return try await tell(order, steps, control: control, context)
    }

    private func tell(
        _ order: ChargeOrder, _ steps: [Step], control: ChargeControl, _ context: WriteContext
    ) async throws(DriverError) -> CommandOutcome {
        charge.mayFollow = max(charge.mayFollow ?? charge.told ?? order.value, order.value)
        charge.asserted = nil
        let governed = steps == control.limit ? assertion.governed : []
        assertion.suspend()
        do throws(DriverError) {
            try await run(steps, context)
        } catch {
            if contact.isOnline { await runFinally(control.finally, after: context) }
            throw error
        }
        charge.told = order.value
        charge.asserted = order.value
        charge.mayFollow = order.value
        if order.value > 0 { charge.lastOn = order.value }
        charge.pending = nil
        showTold()
        assertion.govern(governed, context.checks, on: board)
        await storeTold()
        return CommandOutcome(told: order.value, frames: context.frames, verified: !context.checks.isEmpty)
    }

    /// The value a target comes to: lowered to the top of the range, rounded down to the step, and below the minimum
    /// what `below_minimum` says.
    func order(_ target: ChargeTarget, _ governance: ChargeGovernance) throws(DriverError) -> ChargeOrder {
        board.now = clock.now
        let off = ChargeOrder(value: 0, setPoint: nil)
        let minimum = self.minimum(governance)
        var wanted: Exact
        switch target {
        case .off: return off
        case .on: wanted = charge.lastOn ?? minimum
        case .current, .power:
            guard let value = governance.value(of: target) else { throw .refused("the value is too large") }
            wanted = value
        }
        if wanted < minimum {
            if governance.control.belowMinimum == .stop { return off }
            wanted = minimum
        }
        guard let number = governance.setPoint(of: wanted) else { throw .refused("the value is too large") }
        let encoded: EncodedWrite
        do throws(WriteRefusal) {
            encoded = try governance.point.encodeSetPoint(number, in: board)
        } catch {
            if governance.control.belowMinimum == .stop, error.isBelowRange { return off }
            throw .refused("\(error)")
        }
        guard let setPoint = encoded.value?.number, let value = governance.value(ofSetPoint: setPoint) else {
            throw .refused("\(governance.point.name) cannot hold \(wanted)")
        }
        if value < minimum, governance.control.belowMinimum == .stop { return off }
        return ChargeOrder(value: value, setPoint: setPoint)
    }

    /// The lowest value that charges, in the governed unit; 6 A while it is not known.
    func minimum(_ governance: ChargeGovernance) -> Exact {
        switch governance.control.minimum {
        case .fixed(let number): return number
        case .expression(let expression):
            if let known = expression.evaluate(in: board).value?.number { return known }
            return governance.unit == .W ? governance.wattsPerAmpere.multiplied(by: 6) ?? 6 : 6
        }
    }

    /// The charge block with its present values.
    func governance() throws(DriverError) -> ChargeGovernance {
        board.now = clock.now
        return try ChargeGovernance(current, board: board)
    }

    /// What bare names in the lists get.
    func setNaturals(of context: WriteContext, order: ChargeOrder, control: ChargeControl) {
        context.natural["charging_allowed"] = .value(.bool(order.value > 0))
        if let setPoint = order.setPoint {
            context.natural[control.set] = .value(.number(setPoint))
            context.fitting[control.set] = .setPoint
        } else {
            context.natural[control.set] = control.off ?? .value(.number(0))
            context.fitting[control.set] = .off
        }
    }

    /// Whether a value is below everything the box may be following, so that nothing may hold it up.
    func isLowering(_ value: Exact) -> Bool {
        if value == 0 { return true }
        guard let follows = charge.mayFollow ?? charge.told else { return false }
        return value < follows
    }

    /// Whether a target stops or lowers; false while that cannot be told.
    func isUrgent(_ target: ChargeTarget) -> Bool {
        guard let governance = try? governance(), let order = try? order(target, governance) else {
            return target == .off
        }
        return isLowering(order.value)
    }

    private func storeTold() async {
        guard let told = charge.told else { return }
        do throws(DriverError) {
            try await store.setTold(told)
            if told > 0 { try await store.setLastOn(told) }
        } catch {
            log(.warning, "\(current.id): the value told could not be stored: \(error)")
        }
    }

    /// Refuses to start or raise while the profile's `init` failed.
    func expectPrepared(_ context: WriteContext) throws(DriverError) {
        if case .failed(let reason) = connection.preparation, !context.isLowering {
            throw .refused("the device could not be prepared: \(reason)")
        }
    }
}

extension WriteRefusal {
    /// Whether a number was refused because it lies below what the device takes.
    fileprivate var isBelowRange: Bool {
        switch self {
        case .outOfRange(_, let value, let low, _, _): value < low
        case .noStep: true
        default: false
        }
    }
}
