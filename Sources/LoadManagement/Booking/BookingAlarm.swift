/// What a person has to look after at a box. Currents are milliamperes.
public enum BookingAlarm: Hashable, Codable, Sendable {
    /// It draws more than it was told.
    case drawsAbove(told: Int, drawn: Int)
    /// It holds a larger value than it was told: somebody else writes.
    case overwritten(told: Int, value: Int)
    /// It went on after it was told again, and is booked at its rated current.
    case disobeys
    /// The circuit's meter shows its current on other phases than its rotation says; `likely` is the rotation that fits.
    case swapped(terminal: Phase, expected: Phase, seen: Phase, likely: Rotation)
    /// Its meter shows a current that it cannot carry: the reading is not used.
    case implausible(Int)
}

extension BookingAlarm: CustomStringConvertible {
    /// The sentence for people.
    public var description: String {
        switch self {
        case .drawsAbove(let told, let drawn):
            "draws \(Amperes.text(drawn)) though it was told \(Amperes.text(told)): check the box's own settings"
        case .overwritten(let told, let value):
            "holds \(Amperes.text(value)) though it was told \(Amperes.text(told)): "
                + "somebody else writes to it; leave one master only"
        case .disobeys: "does not obey: it is booked at its rated current, so that others get less; repair or remove it"
        case .swapped(let terminal, let expected, let seen, let likely):
            "the current of its \(terminal) appears on \(seen) of the supply, not on \(expected): rotation "
                + "\(likely.rawValue) is likely; it counts on all phases until its rotation is corrected"
        case .implausible(let current):
            "measured \(Amperes.text(current)), which it cannot carry: the reading is not used; check its meter"
        }
    }
}
