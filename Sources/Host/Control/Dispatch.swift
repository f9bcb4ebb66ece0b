import DriverAPI
import LoadManagement

/// One order on its way to a box.
struct Dispatch: Sendable, Hashable {
    /// The box.
    var box: String
    /// The number by which the booking knows it.
    var number: Int
    /// The current per phase, in mA; 0 stops.
    var milliamperes: Int

    /// What the driver is asked for.
    var command: Command {
        guard milliamperes > 0, let amperes = Exact(Int128(milliamperes), over: 1000) else { return .charge(.off) }
        return .charge(.current(amperes))
    }
}

/// What became of a dispatch.
struct DispatchReport: Sendable, Hashable {
    /// How it ended.
    enum Outcome: Sendable, Hashable {
        /// Acknowledged and read back equal.
        case confirmed
        /// Acknowledged, and it cannot be read back, or reads otherwise: the reason in words.
        case unverified(String?)
        /// Nothing was sent: the reason in words.
        case withheld(String)
        /// The device refused: the reason in words.
        case refused(String)
        /// No answer: the reason in words.
        case unanswered(String)
        /// A newer one took its place.
        case superseded
    }

    /// What was sent.
    var dispatch: Dispatch
    /// How it ended.
    var outcome: Outcome
    /// When it ended.
    var time: MonotonicTime

    /// What the booking must know. What never left is like a refusal as long as the box answers; a box that does not
    /// may have heard it all the same.
    func events(connection: Int, isOnline: Bool) -> [BookingEvent] {
        let number = dispatch.number
        let at = time.nanoseconds
        switch outcome {
        case .confirmed:
            return [
                .answered(number: number, at: at), .readBack(dispatch.milliamperes, at: at, connection: connection),
            ]
        case .unverified: return [.answered(number: number, at: at)]
        case .refused: return [.refused(number: number, at: at)]
        case .withheld, .superseded:
            return [isOnline ? .refused(number: number, at: at) : .unanswered(number: number, at: at)]
        case .unanswered: return [.unanswered(number: number, at: at)]
        }
    }

    /// What the operator must know; nil where all is well or a newer order follows.
    var alarm: String? {
        switch outcome {
        case .confirmed, .superseded, .unverified(nil): nil
        case .unverified(let text?), .withheld(let text), .refused(let text), .unanswered(let text): text
        }
    }
}
