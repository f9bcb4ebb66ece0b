import DriverAPI

/// One order on its way to a box.
struct Dispatch: Sendable, Hashable {
    /// The box.
    var box: String
    /// The current per phase, in mA; 0 stops.
    var milliamperes: Int
    /// Whether it raises what the box may draw.
    var raises: Bool

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
        /// Acknowledged and read back equal: the box follows `told` mA.
        case confirmed(told: Int)
        /// Acknowledged, but nothing can be read back.
        case acknowledged(told: Int)
        /// Nothing was sent: the reason in words.
        case refused(String)
        /// The box may follow the old value or the new one: the reason in words.
        case uncertain(String)
        /// A newer one took its place.
        case superseded
    }

    /// What was sent.
    var dispatch: Dispatch
    /// How it ended.
    var outcome: Outcome
    /// When it ended.
    var time: MonotonicTime
}
