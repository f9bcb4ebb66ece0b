/// What the host does with the boxes.
public enum HostMode: String, CaseIterable, Codable, Sendable {
    /// Boxes run free and are only watched.
    case off
    /// A slave: everything is read, nothing is distributed.
    case observe
    /// The host shares the current.
    case manage
}

/// How a box charges.
public enum BoxMode: String, CaseIterable, Codable, Sendable {
    /// It is stopped.
    case off
    /// As fast as the limits allow.
    case fast
}

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
