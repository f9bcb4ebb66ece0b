/// What is known of a circuit's load beside the boxes, in milliamperes.
public enum NodeLoad: Hashable, Codable, Sendable {
    /// It has a meter. `worst` is what the house may draw while the meter is not to be trusted; nil means the circuit's
    /// limit, so that nobody charges on it.
    case metered(worst: PhaseCurrents?)
    /// It has none; its own load is fixed.
    case fixed(PhaseCurrents)
}
