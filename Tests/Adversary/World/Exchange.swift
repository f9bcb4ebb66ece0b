import LoadManagement

/// A frame on its way to a box, and its answer. Times are milliseconds, currents milliamperes.
struct Exchange {
    /// What a frame is for.
    enum Purpose {
        /// Reads everything.
        case poll
        /// Writes the value of the order `number`.
        case write(number: Int, value: Int)
        /// Reads back until then whether the order `number` is in force.
        case verify(number: Int, value: Int, until: Int)
        /// Writes by the driver's own will: what it told before, or a lowering that waited.
        case repeated(Int)
        /// Writes what the box follows, as a sign of life.
        case sign(Int)
    }

    var unit: Int
    var purpose: Purpose
    var sent: Int
    /// When it arrives; nil when it has, or never will.
    var arrives: Int?
    /// When its answer comes; nil for never.
    var answers: Int?
    var endsAt: Int
    var isRefused = false
    /// What the box answered with.
    var register = 0
    var drawn = PhaseCurrents.zero
    var state = CarState.unknown

    /// The value it tells the box; nil for a question.
    var value: Int? {
        switch purpose {
        case .poll, .verify: nil
        case .write(_, let value), .repeated(let value), .sign(let value): value
        }
    }
}
