/// What a person has to look after at a box. Currents are milliamperes.
public enum BookingAlarm: Hashable, Codable, Sendable {
    /// It draws more than it was told.
    case drawsAbove(told: Int, drawn: Int)
    /// It holds a larger value than it was told: somebody else writes.
    case overwritten(told: Int, value: Int)
    /// It went on after it was told again, and is booked at its rated current.
    case disobeys
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
        }
    }
}
