/// Turns what drivers report from tick to tick into events of the booking, in the order they happened.
public struct BoxReports: Sendable {
    private struct Seen {
        var frame: Moment?
        var heard: Moment?
        var readBack: Moment?
        var measured: Moment?
        var phases: Moment?
        var connections = 0
        var failures = 0
        var isOnline = false
        var isPlugged = false
    }

    /// How long before its answer a register may have been asked for; readings carry the time of the answer, and an
    /// order that was not answered is judged only by what was asked for after it.
    private static let asking: Span = 2 * second
    /// So far apart the box and a meter attached to it may be heard; a meter proves no life of a box that is silent.
    private static let together: Span = 2 * second

    private var seen: [String: Seen] = [:]

    /// Starts with nothing seen.
    public init() {}

    /// The number of the present connection of a box; it grows with every new one and with every unanswered order.
    public func connection(of box: String) -> Int { seen[box].map { $0.connections + $0.failures } ?? 0 }

    /// Forgets a box that is gone, or another device that takes its name.
    public mutating func forget(_ box: String) { seen[box] = nil }

    /// The events of one box since the last tick.
    public mutating func events(of box: String, _ report: BoxReport, at now: Moment) -> [BookingEvent] {
        var last = seen[box] ?? Seen()
        defer { seen[box] = last }
        var events: [BookingEvent] = []
        if let frame = report.lastFrame, frame > last.frame ?? .min {
            events.append(.polled(at: frame))
            last.frame = frame
        }
        if last.isOnline, !report.isOnline || report.connections != last.connections {
            events.append(.lost(at: now))
        }
        last.isOnline = report.isOnline
        last.connections = report.connections
        guard report.isOnline else { return events }
        if let heard = report.heard, heard > last.heard ?? .min {
            events.append(.heard(at: heard))
            last.heard = heard
        }
        if let (current, at) = report.measured, at > last.measured ?? .min, let heard = last.heard,
            at - heard <= Self.together
        {
            events.append(.measured(current, at: at))
            last.measured = at
        }
        if let (terminals, at) = report.phases, at > last.phases ?? .min {
            events.append(.phases(terminals, at: at))
            last.phases = at
        }
        if let (value, at) = report.readBack, at > last.readBack ?? .min {
            events.append(.readBack(value, at: at, connection: last.connections + last.failures))
            last.readBack = at
        }
        if let isPlugged = report.isPlugged {
            if !isPlugged, last.isPlugged { events.append(.unplugged) }
            last.isPlugged = isPlugged
        }
        return events
    }

    /// The events of the order `number` of `box` that ended at `at`.
    public mutating func events(of box: String, order number: Int, _ end: OrderEnd, at: Moment) -> [BookingEvent] {
        switch end {
        case .done(let proven):
            guard let proven else { return [.answered(number: number, at: at)] }
            return [.answered(number: number, at: at), .readBack(proven, at: at, connection: connection(of: box))]
        case .notVerified: return [.answered(number: number, at: at)]
        case .refused: return [.refused(number: number, at: at)]
        case .unanswered:
            seen[box, default: Seen()].failures += 1
            return [.unanswered(number: number, at: at + Self.asking)]
        }
    }
}
