/// A moment on a monotonic clock, in nanoseconds since an arbitrary start that is the same for one run of the machine.
public typealias Moment = Int64

/// A length of time in nanoseconds.
public typealias Span = Int64

/// One second.
let second: Span = 1_000_000_000
