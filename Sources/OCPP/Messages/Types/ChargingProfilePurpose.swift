/// What a charging profile is for.
public enum ChargingProfilePurpose: String, Sendable, CaseIterable, FieldEnumeration {
    case chargePointMaxProfile = "ChargePointMaxProfile"
    case txDefaultProfile = "TxDefaultProfile"
    case txProfile = "TxProfile"
}
