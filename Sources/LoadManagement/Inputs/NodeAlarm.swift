/// What a person has to look after at a circuit. Currents are milliamperes.
public enum NodeAlarm: Hashable, Codable, Sendable {
    /// Its meter shows a current that no circuit of this size carries: the reading is not used, the circuit is blind.
    case implausible(Int)
}

extension NodeAlarm: CustomStringConvertible {
    /// The sentence for people.
    public var description: String {
        switch self {
        case .implausible(let current):
            "its meter shows \(Amperes.text(current)), which cannot be: check the meter's transformer ratio and registers"
        }
    }
}
