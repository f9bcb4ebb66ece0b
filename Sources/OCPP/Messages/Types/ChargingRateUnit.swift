/// The unit of limits: amperes per phase or watts altogether.
public enum ChargingRateUnit: String, Sendable, CaseIterable, FieldEnumeration {
    case amperes = "A"
    case watts = "W"
}
