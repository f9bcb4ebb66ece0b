/// What happens between the host and a box, as far as it bears on what the box may draw.
///
/// A connection has a number that grows with every new one, and on a line without connections with every timeout.
public enum BookingEvent: Hashable, Codable, Sendable {
    /// The frame of an order is about to leave. A raise is committed to storage before.
    case sent(number: Int, at: Moment, connection: Int)
    /// An order was answered without exception.
    case answered(number: Int, at: Moment)
    /// An order was answered with an exception.
    case refused(number: Int, at: Moment)
    /// An order's time ran out, or its connection broke.
    case unanswered(number: Int, at: Moment)
    /// An order will never be sent.
    case withdrawn(number: Int)
    /// Any other frame to the box is about to leave.
    case polled(at: Moment)
    /// The box answered anything.
    case heard(at: Moment)
    /// The box gave back the value it holds, in milliamperes; `at` is when it was asked.
    case readBack(Int, at: Moment, connection: Int)
    /// The box measured these currents at its terminals, in milliamperes; `at` is when it was asked.
    case measured(PhaseCurrents, at: Moment)
    /// The box said on which terminals it lets current through; `at` is when it was asked.
    case phases(PhaseSet, at: Moment)
    /// The car has gone: the next one may use other phases.
    case unplugged
    /// The host has lost the box.
    case lost(at: Moment)
    /// The host has started anew from what was stored.
    case restarted(at: Moment)
}
