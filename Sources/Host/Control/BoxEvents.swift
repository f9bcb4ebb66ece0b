import DriverAPI
import LoadManagement

/// Turns what the devices reported since the last tick into events of the booking.
struct BoxEvents {
    private struct Seen {
        var frame: MonotonicTime?
        var heard: MonotonicTime?
        var readBack: MonotonicTime?
        var measured: MonotonicTime?
        var connection = 0
        var isOnline = false
        var isPlugged = false
    }

    private var seen: [String: Seen] = [:]

    /// The number of the present connection of a box.
    func connection(of box: String) -> Int { seen[box]?.connection ?? 0 }

    /// Whether the box answered when it was last looked at.
    func isOnline(_ box: String) -> Bool { seen[box]?.isOnline ?? false }

    /// The events of one box, in the order they happened; `meter` is the one attached to it.
    mutating func events(_ state: DeviceState, meter: DeviceState?, at now: MonotonicTime) -> [BookingEvent] {
        var last = seen[state.entry.id] ?? Seen()
        defer { seen[state.entry.id] = last }
        var events: [BookingEvent] = []
        if let frame = state.lastFrame, frame > last.frame ?? .zero {
            events.append(.polled(at: frame.nanoseconds))
            last.frame = frame
        }
        guard case .online = state.link else {
            if last.isOnline { events.append(.lost(at: now.nanoseconds)) }
            last.isOnline = false
            return events
        }
        if !last.isOnline {
            last.isOnline = true
            last.connection += 1
        }
        heard(state, &last, &events)
        measured(meter ?? state, &last, &events)
        readBack(state, &last, &events)
        plugged(state, &last, &events)
        return events
    }

    private func heard(_ state: DeviceState, _ last: inout Seen, _ events: inout [BookingEvent]) {
        let newest = state.readings.values.lazy.filter { $0.quality.isKnown }.map(\.time).max()
        guard let newest, newest > last.heard ?? .zero else { return }
        events.append(.heard(at: newest.nanoseconds))
        last.heard = newest
    }

    private func measured(_ state: DeviceState, _ last: inout Seen, _ events: inout [BookingEvent]) {
        guard let (amperes, time) = state.phaseCurrents(), time > last.measured ?? .zero else { return }
        let current = amperes.map { LimitsBuilder.milliamperes($0.magnitude) }
        events.append(.measured(PhaseCurrents(current[0], current[1], current[2]), at: time.nanoseconds))
        last.measured = time
    }

    private func readBack(_ state: DeviceState, _ last: inout Seen, _ events: inout [BookingEvent]) {
        guard let (amperes, time) = state.readBack(), time > last.readBack ?? .zero else { return }
        events.append(
            .readBack(LimitsBuilder.milliamperes(amperes), at: time.nanoseconds, connection: last.connection))
        last.readBack = time
    }

    private func plugged(_ state: DeviceState, _ last: inout Seen, _ events: inout [BookingEvent]) {
        guard let car = state.text("state") else { return }
        if car == "A", last.isPlugged { events.append(.unplugged) }
        last.isPlugged = car != "A"
    }
}
