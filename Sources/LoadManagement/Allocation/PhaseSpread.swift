/// How far the phases are apart, counted over all boxes.
///
/// A current whose phase is not known may lie on any of them: it counts on the fullest and not on the emptiest.
struct PhaseSpread {
    /// The most that can be on each phase.
    private(set) var high = PhaseCurrents.zero
    /// The least that is on each phase.
    private(set) var low = PhaseCurrents.zero
    /// How far apart the phases may be.
    let limit: Int

    /// Starts with what cannot be changed. If that alone passes `limit`, it may not get worse, but boxes that keep the
    /// spread as it is are not punished for it.
    init(limit: Int, reserved: [FixedBooking]) {
        for booking in reserved {
            high += booking.current
            if booking.splitIsKnown { low += booking.current }
        }
        self.limit = max(limit, high.largest - low.smallest)
    }

    var current: Int { high.largest - low.smallest }

    mutating func add(_ current: Int, on supply: PhaseSet, splitIsKnown: Bool) {
        let added = PhaseCurrents(current, on: supply)
        high += added
        if splitIsKnown { low += added }
    }

    func allows(_ current: Int, on supply: PhaseSet, splitIsKnown: Bool) -> Bool {
        var next = self
        next.add(current, on: supply, splitIsKnown: splitIsKnown)
        return next.current <= limit
    }
}
