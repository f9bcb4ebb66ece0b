/// How well something in a profile was tried.
public enum TrustLevel: Int, Hashable, Sendable, Codable, Comparable, CaseIterable {
    /// Nobody has vouched for it.
    case draft = 0
    /// The profile's own tests pass.
    case tested = 1
    /// It was recorded from a real device.
    case recorded = 2
    /// Its author tried it on the device.
    case tried = 3
    /// Two others have confirmed it, for their firmware.
    case confirmed = 4
    /// The device's vendor vouches for it.
    case vendor = 5

    /// From here on the host writes without the installer's consent.
    public static let writesAlone = TrustLevel.recorded

    /// Order of trust.
    public static func < (a: TrustLevel, b: TrustLevel) -> Bool { a.rawValue < b.rawValue }
}

extension TrustLevel: CustomStringConvertible {
    /// The words for people.
    public var description: String {
        switch self {
        case .draft: "not tried"
        case .tested: "its tests pass"
        case .recorded: "recorded from a device"
        case .tried: "tried by its author"
        case .confirmed: "confirmed by others"
        case .vendor: "the vendor's own"
        }
    }
}
