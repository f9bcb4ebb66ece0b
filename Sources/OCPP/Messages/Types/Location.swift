/// Where a value was measured.
public enum Location: String, Sendable, CaseIterable, FieldEnumeration {
    case cable = "Cable"
    case ev = "EV"
    case inlet = "Inlet"
    case outlet = "Outlet"
    case body = "Body"
}
