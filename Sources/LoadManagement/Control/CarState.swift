/// What the box says about its car (IEC 61851-1 A.2).
public enum CarState: String, CaseIterable, Codable, Sendable {
    /// No car.
    case a = "A"
    /// A car that is not ready.
    case b = "B"
    /// A car that charges.
    case c = "C"
    /// A car that charges and needs ventilation.
    case d = "D"
    /// No pilot.
    case e = "E"
    /// A fault.
    case f = "F"
    /// Not read.
    case unknown

    /// Whether current is kept ready for the car.
    public var wantsCurrent: Bool { self == .b || self == .c || self == .d }
}
