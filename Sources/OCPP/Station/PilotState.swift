/// The state of a vehicle on the control pilot (IEC 61851-1, Annex A).
public enum PilotState: Sendable, Hashable {
    /// No vehicle.
    case a
    /// A vehicle that is not ready.
    case b
    /// A vehicle that charges or wants to.
    case c
    /// As C, with ventilation.
    case d
    /// No pilot: a short circuit, or the box has no power.
    case e
    /// The box says that it cannot charge.
    case f

    /// Whether a vehicle is plugged in; nil if the state does not tell.
    public var isPlugged: Bool? {
        switch self {
        case .a: false
        case .b, .c, .d: true
        case .e, .f: nil
        }
    }
}
