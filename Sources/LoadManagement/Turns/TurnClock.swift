/// The clock of the turns: it runs while somebody waits, for the whole site, so that nobody is passed over by others whose
/// turns change at other times.
struct TurnClock: Hashable, Codable, Sendable {
    /// When the present turn began; nil as long as nobody has waited.
    private(set) var began: Moment?
    private var lastWaited: Moment?
    private var lastOffered: Moment?
    /// Whether anybody ever had a place: before that, boxes that charge are those that did before the host was started.
    var hasBegun = false

    /// How often a box whose car does not use its turn may hand it on.
    private static let apart: Span = 30 * second

    /// Takes note of whether anybody waits. A wait that is interrupted for less than half a `turn` goes on.
    mutating func note(isAnyoneWaiting: Bool, turn: Span, at now: Moment) {
        guard isAnyoneWaiting else { return }
        if began == nil || lastWaited.map({ now - $0 > turn / 2 }) ?? true { began = now }
        lastWaited = now
    }

    /// Whether the turn is over; then the next one has begun.
    mutating func isOver(turn: Span, at now: Moment) -> Bool {
        guard let start = began, now - start >= turn else { return false }
        began = now - start < 2 * turn ? start + turn : now
        return true
    }

    /// Whether unused turns may be handed on now; then it is noted.
    mutating func mayHandOn(at now: Moment) -> Bool {
        guard lastOffered.map({ now - $0 >= Self.apart }) ?? true else { return false }
        lastOffered = now
        return true
    }

    /// The moments of another time say nothing any more.
    mutating func restart() {
        began = nil
        lastWaited = nil
        lastOffered = nil
    }
}
