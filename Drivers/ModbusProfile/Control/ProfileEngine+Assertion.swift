import DeviceProfiles
import DriverAPI

extension ProfileEngine {
    /// Compares what the charge block's points read with what was told, and tells it again where they deviate for longer
    /// than their verify window: at most 3 times in 10 minutes, then the operator is told.
    func assertSetPoint() async {
        guard contact.isOnline, writeBar == nil, let told = charge.told else { return }
        var deviating: AssertionRecord.Governed?
        for index in assertion.governed.indices {
            let governed = assertion.governed[index]
            guard let check = presentCheck(governed), board.quality(of: check.by) == .good,
                board.states[check.by].readAt > check.time
            else { continue }
            if assertion.note(index, agrees: agrees(check), at: board.states[check.by].time) { deviating = governed }
        }
        guard let deviating else {
            if assertion.governed.allSatisfy({ $0.deviatesSince == nil }) { assertion.isAlarmed = false }
            return
        }
        report(.deviates(read: readLimit(deviating, told: told)))
        assertion.restartCounting()
        guard assertion.takeAttempt(at: clock.now) else {
            if !assertion.isAlarmed {
                assertion.isAlarmed = true
                alarm(
                    "\(deviating.point) reads otherwise than told although it was told \(AssertionRecord.limit) times "
                        + "in 10 minutes; something else may be writing it")
            }
            return
        }
        if permission.bar(.charging) != nil {
            // Telling it again is only allowed where that lowers what the box reads.
            let read = readLimit(deviating, told: told)
            guard read > told else { return }
            charge.mayFollow = max(charge.mayFollow ?? read, read)
        }
        log(.warning, "\(current.id): \(deviating.point) reads otherwise than told; telling it again")
        await tellAgain(told)
    }

    /// Whether nothing that was read since reads otherwise than told.
    var readsAsTold: Bool {
        assertion.governed.allSatisfy { governed in
            guard let check = presentCheck(governed), board.quality(of: check.by) == .good,
                board.states[check.by].readAt > check.time
            else { return true }
            return agrees(check)
        }
    }

    /// Tells the box once more what it was told, with everything that belongs to it.
    func tellAgain(_ told: Exact) async {
        let governed = assertion
        do throws(DriverError) {
            let governance = try governance()
            charge.asserted = nil
            let target: ChargeTarget = told == 0 ? .off : governance.unit == .W ? .power(told) : .current(told)
            _ = try await perform(target, cause: .assertion)
        } catch {
            if contact.isOnline { assertion = governed }
            log(.warning, "\(current.id): the value told could not be asserted: \(error)")
        }
    }

    /// The check with the positions of the present board.
    private func presentCheck(_ governed: AssertionRecord.Governed) -> WriteContext.Check? {
        guard let point = board.position(governed.point), let by = board.position(governed.by) else { return nil }
        var check = governed.check
        check.point = point
        check.by = by
        return check
    }

    /// What the box reads as its limit, in the governed unit: 0 when it does not charge.
    private func readLimit(_ deviating: AssertionRecord.Governed, told: Exact) -> Exact {
        guard let governance = try? governance() else { return told }
        let allowed = board.evaluated(.point("charging_allowed"))
        if allowed.quality == .good, allowed.value == .bool(false) { return 0 }
        let shown = deviating.point == governance.control.set ? deviating.by : governance.control.set
        let limit = board.evaluated(.point(shown))
        return limit.value?.number.flatMap { governance.value(ofSetPoint: $0) } ?? told
    }
}
