/// Whether the charge point will try.
public enum RemoteStartStopStatus: String, Sendable, CaseIterable, FieldEnumeration {
    case accepted = "Accepted"
    case rejected = "Rejected"
}
