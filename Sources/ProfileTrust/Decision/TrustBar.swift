/// Why a device may not be started or raised by its profile. Stopping and lowering are always allowed.
public enum TrustBar: Hashable, Sendable {
    /// No index lists the profile and nobody has confirmed it.
    case draft
    /// It was changed after it was confirmed, or is not as it is listed.
    case edited
    /// It is listed, but this capability was not tried well enough.
    case unverified(Capability, TrustLevel)
    /// It was withdrawn.
    case withdrawn(index: String, reason: String)
    /// A draft may not write what wears the device's memory.
    case wears
    /// Its file cannot be read.
    case unreadable
}

extension TrustBar: CustomStringConvertible {
    /// The reason in words, with the way out.
    public var description: String {
        let remedy = "with the box in view: chargehost profile confirm DEVICE --statement TEXT"
        return switch self {
        case .draft:
            "its profile is a draft that no trusted index lists, so it is only read; to use it confirm it, \(remedy)"
        case .edited:
            "its profile was changed since it was confirmed or listed, so it is only read; confirm it anew, \(remedy)"
        case .unverified(let capability, let level):
            "its profile is not trusted enough for \(capability.words) (\(level)); confirm it, \(remedy)"
        case .withdrawn(let index, let reason):
            "its profile was withdrawn by the index '\(index)': \(reason); it is only stopped and lowered. "
                + "chargehost profile update looks for a newer one"
        case .wears: "its profile is a draft, which never writes what is kept in flash"
        case .unreadable: "its profile's file cannot be read"
        }
    }
}

extension Capability {
    fileprivate var words: String {
        switch self {
        case .reading: "reading"
        case .limit: "starting and raising"
        case .phases: "switching phases"
        case .wakeUp: "waking cars"
        }
    }
}
