import DriverAPI

/// A command that runs down, or a pulse that falls back.
struct CommandTimer: Hashable, Sendable {
    /// The value written.
    var value: Value
    /// When.
    var start: MonotonicTime
    /// Whether it counts seconds down; else it falls back after a second.
    var countsDown: Bool

    /// What the register shows at a moment, and whether that was the end.
    func value(at time: MonotonicTime) -> (value: Value, isOver: Bool) {
        let passed = start.duration(to: time)
        if countsDown, let number = value.number {
            let left = number.subtracting(Exact(Int(passed.components.seconds))) ?? 0
            return left > 0 ? (.number(left), false) : (.number(0), true)
        }
        if passed < .seconds(1) { return (value, false) }
        return (value.bool == nil ? .number(0) : .bool(false), true)
    }
}
