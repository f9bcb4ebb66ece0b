/// A rotation that the circuit's meter speaks against. As long as it is in doubt the box is booked as if its rotation were
/// unknown: on every phase the largest of its currents, which is never less than with any rotation.
public struct WiringDoubt: Hashable, Codable, Sendable {
    /// What the site file says.
    public var stated: Rotation
    /// What fits the meter.
    public var likely: Rotation
}

extension WiringDoubt {
    /// The first terminal that lies elsewhere than was said, as an alarm.
    var alarm: BookingAlarm? {
        guard let stated = stated.supplyPhases, let found = likely.supplyPhases else { return nil }
        let pairs = [(Phase.l1, stated.0, found.0), (.l2, stated.1, found.1), (.l3, stated.2, found.2)]
        return pairs.first { $0.1 != $0.2 }.map {
            .swapped(terminal: $0.0, expected: $0.1, seen: $0.2, likely: likely)
        }
    }
}
