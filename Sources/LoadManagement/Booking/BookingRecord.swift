/// What the store holds of every box, so that a raise leaves only when a restarted host would book it.
public struct BookingRecord: Sendable {
    /// What makes a difference after a restart.
    private struct Essence: Hashable {
        struct Entry: Hashable {
            var number: Int?
            var value: Int
            var terminals: PhaseSet
        }

        var entries: [Entry]
        var setup: BoxSetup
        var isDisobedient: Bool

        init(_ booking: BoxBooking) {
            entries = booking.told.filter { $0.bookedUntil == nil }.map {
                Entry(number: $0.number, value: $0.value, terminals: $0.terminals)
            }
            setup = booking.setup
            isDisobedient = booking.excess?.isDisobedient ?? false
        }
    }

    private var stored: [String: BoxBooking]

    /// A record of what was loaded from the store.
    public init(_ stored: [String: BoxBooking]) { self.stored = stored }

    /// Whether `order` may leave: a host that restarts from the store books its box with at least as much.
    ///
    /// Of a box nothing is stored of, a restarted host books the rated current, so it may be lowered; its first raise is
    /// stored all the same.
    public func covers(_ order: Order) -> Bool {
        guard order.value > 0 else { return true }
        guard let booking = stored[order.box] else { return order.kind == .lower }
        return covers(order.value, order.terminals, booking)
    }

    /// Whether `booking` has to be stored now: a raise of it waits, it has come to rest, or the box may follow more than
    /// is stored.
    public func needs(_ booking: BoxBooking, raiseWaits: Bool) -> Bool {
        guard let old = stored[booking.setup.id] else { return raiseWaits || booking.isSettled }
        guard Essence(old) != Essence(booking) else { return false }
        if raiseWaits || booking.isSettled { return true }
        return booking.told.contains { value in
            value.bookedUntil == nil && value.progress != .ordered && !covers(value.value, value.terminals, old)
        }
    }

    /// The boxes that are stored and not among `boxes`.
    public func stored(beside boxes: BoxTable<BoxBooking>) -> [String] {
        stored.keys.filter { boxes.index(forKey: $0) == nil }.sorted()
    }

    /// Takes note of what the store holds now.
    public mutating func note(_ bookings: [String: BoxBooking], removed: [String]) {
        stored.merge(bookings) { _, new in new }
        for box in removed { stored[box] = nil }
    }

    private func covers(_ value: Int, _ terminals: PhaseSet, _ booking: BoxBooking) -> Bool {
        booking.told.contains {
            $0.bookedUntil == nil && $0.value >= value && $0.terminals.isSuperset(of: terminals)
        }
    }
}
