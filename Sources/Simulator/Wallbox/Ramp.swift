import DriverAPI

/// A current in mA that moves along a straight line from one value to another.
struct Ramp: Hashable, Sendable {
    /// Where it came from.
    var from: Int
    /// Where it goes.
    var to: Int
    /// When it began.
    var start: MonotonicTime
    /// How long it takes.
    var duration: Duration

    /// When it has arrived.
    var end: MonotonicTime { start.advanced(by: duration) }

    /// A current that stays.
    init(steady current: Int, at time: MonotonicTime) {
        (from, to, start, duration) = (current, current, time, .zero)
    }

    /// A current on its way.
    init(from: Int, to: Int, start: MonotonicTime, duration: Duration) {
        (self.from, self.to, self.start, self.duration) = (from, to, start, duration)
    }

    /// The current at a moment.
    func current(at time: MonotonicTime) -> Int {
        guard duration > .zero, time < end else { return to }
        let passed = Int128(max(0, start.duration(to: time).wholeNanoseconds))
        return from + Int(Int128(to - from) * passed / Int128(duration.wholeNanoseconds))
    }

    /// The charge between two moments in mA × ns; the second is not before the first.
    func charge(from first: MonotonicTime, to last: MonotonicTime) -> Int128 {
        guard last > first else { return 0 }
        if first < end, end < last { return charge(from: first, to: end) + charge(from: end, to: last) }
        let mean = Int128(current(at: first) + (last > end ? to : current(at: last)))
        return mean * Int128(first.duration(to: last).wholeNanoseconds) / 2
    }
}
