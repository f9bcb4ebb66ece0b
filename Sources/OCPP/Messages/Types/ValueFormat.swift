/// Whether a value is signed.
public enum ValueFormat: String, Sendable, CaseIterable, FieldEnumeration {
    case raw = "Raw"
    case signedData = "SignedData"
}
