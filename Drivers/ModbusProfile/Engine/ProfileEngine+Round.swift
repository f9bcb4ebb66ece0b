import DeviceProfiles
import DriverAPI

extension ProfileEngine {
    /// One turn: connects if needed, runs init if needed, reads what is due, keeps alive, re-asserts.
    ///
    /// Returns the readings that are new at its end; everything is reported as well. Never throws: trouble goes out as
    /// reports.
    @discardableResult
    public func round() async -> [Reading] {
        if connection.isClosed { return [] }
        board.now = clock.now
        if commands.hasCommands { await serveCommands() }
        guard await reach() else { return publish() }
        if configuration.writesByItself { await prepareForCommands() }
        retryRefused()
        if let probe = connection.nextPresenceProbe, clock.now >= probe { try? await probePresence() }
        await poll()
        if connection.sawRestart { await recoverFromRestart() }
        thaw()
        if configuration.writesByItself, contact.isOnline {
            await keepAlive()
            if charge.told != nil { await assertSetPoint() }
            await storeWear()
        }
        return publish()
    }

    /// Whether the next round only reads, by a plan that is known.
    var isRoutine: Bool {
        contact.isOnline && connection.isSetUp && link.connectionEpoch == connection.epoch && !commands.hasCommands
            && connection.preparation == .done && plans.knows(board.dueItems(at: clock.now))
    }

    /// Makes contact where there is none and the device may be asked; false while it is silent.
    private func reach() async -> Bool {
        let isCurrent = connection.isSetUp && link.connectionEpoch == connection.epoch
        if contact.isOnline, isCurrent { return true }
        guard contact.mayAsk(at: clock.now) else { return false }
        if let target = targetForProbe { guard await probe(with: target) else { return false } }
        do throws(DriverError) {
            try await connect()
            return true
        } catch {
            log(.info, "\(current.id): \(error)")
            return false
        }
    }

    /// A silent box gets a waiting stop or lowering as the probe itself: it may hear what it does not answer, and a question
    /// might wake the higher value that it held before its watchdog ran out.
    private var targetForProbe: ChargeTarget? {
        guard contact.isProbing, connection.identity == .fits, configuration.writesByItself else { return nil }
        return charge.pending
    }

    /// Probes with a command; false when the device did not answer that.
    private func probe(with target: ChargeTarget) async -> Bool {
        do throws(DriverError) {
            let governance = try governance()
            let order = try order(target, governance)
            let context = WriteContext(cause: .command, block: .charge, isLowering: true)
            setNaturals(of: context, order: order, control: governance.control)
            for step in order.value == 0 ? governance.control.stop : governance.control.limit {
                guard case .natural(let point) = step.action, let value = context.natural[point] else { continue }
                try await write(point, value, context)
            }
            return true
        } catch {
            return contact.mayAsk(at: clock.now)
        }
    }

    /// What goes before everything else on a new connection: a waiting lowering, `init`, and a running limit after a
    /// change of the profile.
    private func prepareForCommands() async {
        if let pending = charge.pending {
            charge.pending = nil
            do throws(DriverError) {
                _ = try await perform(pending, cause: .command)
            } catch {
                if !contact.isOnline { charge.pending = pending }
                log(.warning, "\(current.id): the waiting \(pending) failed: \(error)")
            }
        }
        switch connection.preparation {
        case .needed: await prepareDevice()
        case .failed where clock.now >= connection.nextPreparation: await prepareDevice()
        case .failed, .done: break
        }
        guard charge.assertsAfterSwap, contact.isOnline, writeBar == nil else { return }
        charge.assertsAfterSwap = false
        if let told = charge.told { await tellAgain(told) }
    }

    /// The device began anew: static points and `init` again, and the next command asserts everything.
    private func recoverFromRestart() async {
        connection.sawRestart = false
        charge.asserted = nil
        board.scheduleStatic()
        if !current.initWrites.isEmpty { connection.preparation = .needed }
        if configuration.writesByItself, connection.preparation == .needed { await prepareDevice() }
        await poll()
    }

    /// When the next round has something to do; never in the past of a silent device.
    public var nextDue: MonotonicTime {
        let now = clock.now
        if connection.isClosed { return MonotonicTime(nanoseconds: .max) }
        if let probe = contact.nextProbe, probe > now { return probe }
        if !connection.isSetUp || !contact.isOnline { return now }
        var times = [board.nextDue, nextSign, nextCommand, connection.nextRetry, connection.nextPresenceProbe]
            .compactMap { $0 }
        times += writes.thaws.values.map(\.at)
        if connection.preparation == .needed, configuration.writesByItself { times.append(now) }
        if case .failed = connection.preparation { times.append(connection.nextPreparation) }
        return times.min() ?? now.advanced(by: .seconds(1))
    }
}
