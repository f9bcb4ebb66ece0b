import DriverAPI
import LoadManagement

/// Turns what the devices reported since the last tick into events of the booking.
struct BoxEvents {
    private struct Seen {
        var frame: MonotonicTime?
        var heard: MonotonicTime?
        var readBack: MonotonicTime?
        var measured: MonotonicTime?
        var phases: MonotonicTime?
        var connections = 0
        var failures = 0
        var isOnline = false
        var isPlugged = false
    }

    /// How long before its answer a register may have been asked for; readings carry the time of the answer, and an
    /// order that was not answered is judged only by what was asked for after it.
    private static let asking = Duration.seconds(2)
    /// So far apart the box and a meter attached to it may be heard; a meter proves no life of a box that is silent.
    private static let together = Duration.seconds(2)

    private var seen: [String: Seen] = [:]

    /// The number of the present connection of a box; it grows with every new one and with every unanswered order.
    func connection(of box: String) -> Int { seen[box].map { $0.connections + $0.failures } ?? 0 }

    /// Forgets a box that is gone, or another device that takes its name.
    mutating func forget(_ box: String) { seen[box] = nil }

    /// The events of one box, in the order they happened; `meter` is the one attached to it.
    mutating func events(_ state: DeviceState, meter: DeviceState?, at now: MonotonicTime) -> [BookingEvent] {
        var last = seen[state.entry.id] ?? Seen()
        defer { seen[state.entry.id] = last }
        var events: [BookingEvent] = []
        if let frame = state.lastFrame, frame > last.frame ?? .zero {
            events.append(.polled(at: frame.nanoseconds))
            last.frame = frame
        }
        let isOnline = if case .online = state.link { true } else { false }
        if last.isOnline, !isOnline || state.connections != last.connections {
            events.append(.lost(at: now.nanoseconds))
        }
        last.isOnline = isOnline
        last.connections = state.connections
        guard isOnline else { return events }
        heard(state, &last, &events)
        measured(state, meter, &last, &events)
        phases(state, &last, &events)
        readBack(state, &last, &events)
        plugged(state, &last, &events)
        return events
    }

    /// The events of an order that ended; `state` is that of its box.
    mutating func events(_ report: DispatchReport, state: DeviceState?) -> [BookingEvent] {
        let number = report.dispatch.number
        let at = report.time.nanoseconds
        switch report.outcome {
        case .done(let outcome):
            guard let value = Self.value(of: outcome, asked: report.dispatch.milliamperes, state) else {
                return [.answered(number: number, at: at)]
            }
            let connection = connection(of: report.dispatch.box)
            return [.answered(number: number, at: at), .readBack(value, at: at, connection: connection)]
        case .notVerified: return [.answered(number: number, at: at)]
        case .refused: return [.refused(number: number, at: at)]
        case .unanswered, .superseded:
            seen[report.dispatch.box, default: Seen()].failures += 1
            return [.unanswered(number: number, at: report.time.advanced(by: Self.asking).nanoseconds)]
        }
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

    private func heard(_ state: DeviceState, _ last: inout Seen, _ events: inout [BookingEvent]) {
        let newest = state.readings.values.lazy.filter { $0.quality.isKnown }.map(\.time).max()
        guard let newest, newest > last.heard ?? .zero else { return }
        events.append(.heard(at: newest.nanoseconds))
        last.heard = newest
    }

    /// The meter attached to a box counts before the box's own, as long as the box is heard itself.
    private func measured(
        _ state: DeviceState, _ meter: DeviceState?, _ last: inout Seen, _ events: inout [BookingEvent]
    ) {
        let attached = meter.flatMap { $0.currents(atTerminalsOf: state) }
        guard let (current, time) = attached ?? state.ownCurrents, time > last.measured ?? .zero,
            let heard = last.heard,
            heard.duration(to: time) <= Self.together
        else { return }
        events.append(.measured(current, at: time.nanoseconds))
        last.measured = time
    }

    /// The terminals that a box whose phases can be switched lets current through.
    private func phases(_ state: DeviceState, _ last: inout Seen, _ events: inout [BookingEvent]) {
        guard state.description?.charging?.switchesPhases ?? false, let reading = state.readings["phases_set"],
            let count = reading.known?.number?.asInt, (1...3).contains(count), reading.time > last.phases ?? .zero
        else { return }
        events.append(.phases(PhaseSet(first: count), at: reading.time.nanoseconds))
        last.phases = reading.time
    }

    private func readBack(_ state: DeviceState, _ last: inout Seen, _ events: inout [BookingEvent]) {
        guard let (amperes, time) = state.readBack(), time > last.readBack ?? .zero else { return }
        events.append(
            .readBack(
                LimitsBuilder.milliamperes(amperes), at: time.nanoseconds,
                connection: last.connections + last.failures))
        last.readBack = time
    }

    private func plugged(_ state: DeviceState, _ last: inout Seen, _ events: inout [BookingEvent]) {
        guard let car = state.text("state") else { return }
        if car == "A", last.isPlugged { events.append(.unplugged) }
        last.isPlugged = car != "A"
    }
}

extension DeviceState {
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
