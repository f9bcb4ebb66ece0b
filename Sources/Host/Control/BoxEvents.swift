import DriverAPI
import LoadManagement

/// Turns what the devices reported since the last tick into events of the booking.
struct BoxEvents {
    private var reports = BoxReports()

    /// The number of the present connection of a box; it grows with every new one and with every unanswered order.
    func connection(of box: String) -> Int { reports.connection(of: box) }

    /// Forgets a box that is gone, or another device that takes its name.
    mutating func forget(_ box: String) { reports.forget(box) }

    /// The events of one box, in the order they happened; `meter` is the one attached to it.
    mutating func events(_ state: DeviceState, meter: DeviceState?, at now: MonotonicTime) -> [BookingEvent] {
        reports.events(of: state.entry.id, state.report(meter: meter), at: now.nanoseconds)
    }

    /// The events of an order that ended; `state` is that of its box.
    mutating func events(_ report: DispatchReport, state: DeviceState?) -> [BookingEvent] {
        let dispatch = report.dispatch
        let end: OrderEnd =
            switch report.outcome {
            case .done(let outcome): .done(proven: Self.value(of: outcome, asked: dispatch.milliamperes, state))
            case .notVerified: .notVerified
            case .refused: .refused
            case .unanswered, .superseded: .unanswered
            }
        return reports.events(of: dispatch.box, order: dispatch.number, end, at: report.time.nanoseconds)
    }

    /// What a command that was carried out proves the box to follow, in mA; nil if nothing was read back.
    ///
    /// The acknowledgement is all the proof there is for a box whose set-point cannot be read.
    /// Where no frame left, the driver trusts what it wrote earlier; somebody else may have written since, so that only
    /// the polled registers count, where there are any.
    private static func value(of outcome: CommandOutcome, asked: Int, _ state: DeviceState?) -> Int? {
        guard let state, state.isReadBack else { return asked }
        guard outcome.verified else { return nil }
        if outcome.frames.isEmpty {
            let polled = state.readBack().map { LimitsBuilder.milliamperes($0.amperes) }
            return polled == told(outcome, asked) ? asked : nil
        }
        return max(asked, told(outcome, asked))
    }

    /// What the driver says it told, in mA; a box of which a limit in A can be read is governed by current.
    private static func told(_ outcome: CommandOutcome, _ asked: Int) -> Int {
        outcome.told.map(LimitsBuilder.milliamperes) ?? asked
    }
}

extension DeviceState {
    /// What bears on the booking; the meter attached to a box counts before the box's own.
    fileprivate func report(meter: DeviceState?) -> BoxReport {
        let isOnline = if case .online = link { true } else { false }
        var report = BoxReport(lastFrame: lastFrame?.nanoseconds, isOnline: isOnline, connections: connections)
        guard isOnline else { return report }
        report.heard = readings.values.lazy.filter { $0.quality.isKnown }.map(\.time).max()?.nanoseconds
        if let (current, time) = meter.flatMap({ $0.currents(atTerminalsOf: self) }) ?? ownCurrents {
            report.measured = (current, time.nanoseconds)
        }
        if let (amperes, time) = readBack() {
            report.readBack = (LimitsBuilder.milliamperes(amperes), time.nanoseconds)
        }
        if description?.charging?.switchesPhases ?? false, let reading = readings["phases_set"],
            let count = reading.known?.number?.asInt, (1...3).contains(count)
        {
            report.phases = (PhaseSet(first: count), reading.time.nanoseconds)
        }
        report.isPlugged = text("state").map { $0 != "A" }
        return report
    }

    /// What a box measures itself at its terminals.
    fileprivate var ownCurrents: (PhaseCurrents, MonotonicTime)? {
        phaseCurrents().map { amperes, time in
            let current = amperes.map { LimitsBuilder.milliamperes($0.magnitude) }
            return (PhaseCurrents(current[0], current[1], current[2]), time)
        }
    }

    /// What a meter attached to `box` shows, as currents at the box's terminals; nil while it is not known how one is
    /// wired to the other.
    fileprivate func currents(atTerminalsOf box: DeviceState) -> (PhaseCurrents, MonotonicTime)? {
        guard let (current, time) = ownCurrents else { return nil }
        if entry.rotation == box.entry.rotation { return (current, time) }
        guard let mine = Rotation(rawValue: entry.rotation), let its = Rotation(rawValue: box.entry.rotation),
            mine != .unknown, let (first, second, third) = its.supplyPhases
        else { return nil }
        let supply = mine.largestOnSupply(current)
        return (PhaseCurrents(supply[first], supply[second], supply[third]), time)
    }
}
