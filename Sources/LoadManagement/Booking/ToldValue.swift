/// A value that a box may be following.
public struct ToldValue: Hashable, Codable, Sendable {
    /// The number of the order; nil for a value that did not come from an order.
    public var number: Int?
    /// Milliamperes on each of the terminals; 0 is a stop.
    public var value: Int
    /// The terminals it allows current on.
    public var terminals: PhaseSet
    /// How far it has come.
    public var progress: Progress
    /// Whether it was answered without exception. Without that, a reading that is equal may show an older order of the same
    /// value.
    public var wasAnswered = false
    /// Until when it is booked; nil as long as nothing has replaced it.
    public var bookedUntil: Moment?

    /// How far a value has come on its way to the box.
    public enum Progress: Hashable, Codable, Sendable {
        /// Not sent yet, or nobody knows.
        case ordered
        /// On its way since a moment, on the connection of that number.
        case sent(Moment, connection: Int)
        /// Answered without exception.
        case answered(Moment)
        /// Answered with an exception.
        case refused(Moment)
        /// Sent at a moment on the connection of that number, which brought no answer: it may have arrived, or still arrive.
        case unanswered(Moment, connection: Int)
        /// Read back equal after the answer.
        case confirmed(Moment)
        /// Nothing that we sent: its fall-back, the value of somebody else, or what nobody knows. Only an order with a
        /// larger number replaces it.
        case foreign(after: Int)
    }

    /// How long a frame may be on its way after its connection is gone.
    static let transit: Span = second

    /// Whether a reading asked for at `moment` on `connection` shows what has become of it.
    func isSettled(by moment: Moment, connection: Int, queueTime: Span) -> Bool {
        switch progress {
        case .ordered, .sent: false
        case .answered(let at), .refused(let at): moment >= at
        case .unanswered(let at, let old): connection > old && moment >= at + max(queueTime, Self.transit)
        case .confirmed, .foreign: true
        }
    }

    /// When it was last heard of, if it has left but is not confirmed.
    var openSince: Moment? {
        switch progress {
        case .sent(let at, _), .answered(let at), .refused(let at), .unanswered(let at, _): at
        case .ordered, .confirmed, .foreign: nil
        }
    }

    /// Whether it was replaced and its time is over.
    func isOver(at now: Moment) -> Bool { bookedUntil.map { $0 <= now } ?? false }

    var isConfirmed: Bool {
        if case .confirmed = progress { return true }
        return false
    }

    /// Whether it was in force for the whole minute before `moment`.
    func hasLasted(before moment: Moment) -> Bool {
        guard case .confirmed(let at) = progress else { return false }
        return moment - at >= 60 * second
    }

    var isForeign: Bool {
        if case .foreign = progress { return true }
        return false
    }

    /// Whether one entry is enough for this order and another one.
    func mayStandFor(_ other: ToldValue) -> Bool {
        guard number != nil, other.number != nil, terminals == other.terminals, bookedUntil == nil,
            other.bookedUntil == nil
        else { return false }
        return switch (progress, other.progress) {
        case (.answered, .answered), (.refused, .refused), (.unanswered, .unanswered): true
        default: false
        }
    }

    /// The larger of this and a younger order that is open in the same way, settled no earlier than both. Its number is
    /// that of the larger value, so that it confirms nothing the box may not have heard since.
    func standing(for younger: ToldValue) -> ToldValue {
        var result = younger.value > value ? younger : self
        result.wasAnswered = wasAnswered && younger.wasAnswered
        switch (progress, younger.progress) {
        case (.answered(let a), .answered(let b)): result.progress = .answered(max(a, b))
        case (.refused(let a), .refused(let b)): result.progress = .refused(max(a, b))
        case (.unanswered(let a, let old), .unanswered(let b, let new)):
            result.progress = .unanswered(max(a, b), connection: max(old, new))
        default: break
        }
        return result
    }

    /// Whether the confirmed order `confirmed` replaces this value. A younger one that was answered may still
    /// come into force; one that was refused, or of which nothing is seen on a new connection, did not.
    func isReplaced(by confirmed: ToldValue) -> Bool {
        guard let successor = confirmed.number else { return false }
        return switch progress {
        case .foreign(let after): successor > after && confirmed.wasAnswered
        case .ordered, .sent: false
        case .answered, .confirmed: (number ?? 0) < successor
        case .refused, .unanswered: true
        }
    }
}
