/// A box of this tick at its place in the order of sharing.
///
/// Its places among the bookings and the cars hold for the tick: nobody comes and goes between two ticks.
struct RankedBox {
    /// What is wanted of it.
    let box: BoxSnapshot
    /// Where it is among the bookings.
    let booking: Int
    /// Where it is among the cars; nil if nothing is known of its car.
    let car: Int?
    /// The circuit it counts on.
    let node: Int
    /// What it is to have.
    var wish: Wishes.Wish
    /// The terminals it is to charge on, if it can be switched.
    var terminals: PhaseSet?
    /// Whether it has a car, or nobody knows.
    let mayCharge: Bool
    /// Whether it stands still because its phases are being switched; its share is kept for it.
    var isPausing = false

    init(box: BoxSnapshot, booking: Int, car: Int?, node: Int, wish: Wishes.Wish) {
        self.box = box
        self.booking = booking
        self.car = car
        self.node = node
        self.wish = wish
        mayCharge = box.state != .a
    }

    /// Its name.
    var id: String { box.id }

    /// Whether it cannot be told what to do.
    var isFixed: Bool {
        if case .fixed = wish { return true }
        return false
    }

    /// The terminals that an order for it goes for, if nothing else is decided: a box that can be switched keeps those of
    /// its last order, for changing them is an order of its own.
    func terminals(ordering booked: BookedBox) -> PhaseSet? {
        guard let terminals else { return box.terminals }
        return booked.told?.terminals ?? terminals
    }
}

extension BoxDemand {
    /// The place of its box in the order of sharing, which is its queue in a tick.
    var rank: Int { queue }
}
