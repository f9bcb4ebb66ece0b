import LoadManagement

/// The host's monotonic clock against true time: it begins anew with the machine and stands still while the machine sleeps.
struct Clock {
    private var offset: Int

    init(startingAt now: Int, showing shown: Int) { offset = shown - now }

    /// What the clock shows at a true time in milliseconds.
    func moment(_ now: Int) -> Moment { Int64(now + offset) * 1_000_000 }

    /// It stood still for so many milliseconds.
    mutating func slept(_ time: Int) { offset -= time }
}
