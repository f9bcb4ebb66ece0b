import DeviceProfiles
import DriverAPI

extension ProfileEngine {
    /// How often ages of worn writes are stored, so that little running time is lost in a restart.
    private static let wearStorePeriod = Duration.seconds(3600)

    /// Counts a write that wears the point's memory, before it leaves.
    ///
    /// Throws ``DriverError/refused(_:)`` when the budget is used up. Stopping and lowering are counted and never refused.
    func spendWear(_ write: PreparedWrite, _ context: WriteContext) async throws(DriverError) {
        guard write.rule.persist != .ram || write.rule.budget != nil else { return }
        let name = board.points[write.position].name
        let now = clock.now
        let budget = write.rule.budget ?? WearLedger.defaultBudget
        var ledger = await ledger(of: name)
        if !context.isLowering, !ledger.allows(budget, at: now) {
            throw .refused(
                "\(name): the write budget of \(budget.count) in \(ProfileEngine.text(budget.period)) is used up, its "
                    + "memory would wear out")
        }
        ledger.record(at: now)
        writes.wear[name] = ledger
        do throws(DriverError) {
            try await store.setWear(of: name, to: ledger.text)
        } catch {
            if !context.isLowering { throw error }
            log(.error, "\(current.id): the write of \(name) could not be counted: \(error)")
        }
    }

    private func ledger(of name: String) async -> WearLedger {
        if let known = writes.wear[name] { return known }
        guard let text = await store.wear(of: name) else { return WearLedger(now: clock.now) }
        return WearLedger(text: text, now: clock.now)
    }

    /// Takes over what was counted before this start, so that the ages grow from now on.
    func loadWear() async {
        for point in board.points where writes.wear[point.name] == nil {
            guard let rule = point.definition.write, rule.persist != .ram || rule.budget != nil,
                let text = await store.wear(of: point.name)
            else { continue }
            writes.wear[point.name] = WearLedger(text: text, now: clock.now)
        }
    }

    /// Stores the ages now and then, so that they go on growing over restarts.
    func storeWear() async {
        let now = clock.now
        guard !writes.wear.isEmpty, now >= connection.nextWearStore else { return }
        connection.nextWearStore = now.advanced(by: ProfileEngine.wearStorePeriod)
        for (name, ledger) in writes.wear {
            var ledger = ledger
            ledger.advance(to: now)
            writes.wear[name] = ledger
            do throws(DriverError) {
                try await store.setWear(of: name, to: ledger.text)
            } catch {
                log(.warning, "\(current.id): the age of the writes of \(name) could not be stored: \(error)")
            }
        }
    }

    private static func text(_ period: Duration) -> String {
        let seconds = period.components.seconds
        for (length, name) in [(86400, "day"), (3600, "hour"), (60, "minute")] where seconds % Int64(length) == 0 {
            let count = seconds / Int64(length)
            return count == 1 ? "a \(name)" : "\(count) \(name)s"
        }
        return "\(seconds) s"
    }
}
