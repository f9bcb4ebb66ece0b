/// What the host asks a device to do.
public enum Command: Hashable, Sendable, Codable {
    /// Offer this much to the car: A, or W where the device is governed by power.
    case charge(ChargeTarget)
    /// Use one phase, three, or leave it to the device.
    case phases(PhaseSelection)
    /// Wake a car that sleeps.
    case wakeUp
    /// Lock or unlock the plug.
    case lock(Bool)
    /// Show a text.
    case display(String)
    /// Write one point that the device offers as a setting.
    case set(point: String, value: Value)
}

/// The target of a charge command.
public enum ChargeTarget: Hashable, Sendable, Codable {
    /// A limit in A per phase, 0 < limit.
    case current(Exact)
    /// A limit in W, 0 < limit.
    case power(Exact)
    /// The last limit that was not off, else the minimum.
    case on
    /// No charging.
    case off
}

/// How many phases a box is to use.
public enum PhaseSelection: String, Hashable, Sendable, Codable, CaseIterable {
    /// One phase.
    case one = "1"
    /// Three phases.
    case three = "3"
    /// The box decides.
    case auto
}
