/// On which conductors a value was measured.
public enum Phase: String, Sendable, CaseIterable, FieldEnumeration {
    case l1 = "L1"
    case l2 = "L2"
    case l3 = "L3"
    case neutral = "N"
    case l1ToNeutral = "L1-N"
    case l2ToNeutral = "L2-N"
    case l3ToNeutral = "L3-N"
    case l1ToL2 = "L1-L2"
    case l2ToL3 = "L2-L3"
    case l3ToL1 = "L3-L1"
}
