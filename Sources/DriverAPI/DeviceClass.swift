/// What kind of device a driver serves.
public enum DeviceClass: String, Codable, Sendable, CaseIterable {
    /// A charging station's connector.
    case wallbox
    /// An energy meter.
    case meter
    /// A PV inverter.
    case inverter
    /// A stationary battery.
    case battery
}
