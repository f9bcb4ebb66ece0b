/// How far a reading can be trusted; the later the case, the worse.
public enum Quality: String, Codable, Sendable, CaseIterable, Comparable {
    /// Read, plausible, recent.
    case good
    /// Read, but outside what is plausible, or a counter that fell and is not yet confirmed.
    case suspect
    /// Older than three poll targets (at least 5 s), or frozen.
    case stale
    /// The device says it has no value, or the raw value means none.
    case noData = "no-data"
    /// Asked for, not answered.
    case missing
    /// The device does not answer at all.
    case offline
    /// This device does not have the point.
    case absent

    private var rank: Int {
        switch self {
        case .good: 0
        case .suspect: 1
        case .stale: 2
        case .noData: 3
        case .missing: 4
        case .offline: 5
        case .absent: 6
        }
    }

    /// Orders from good to absent.
    public static func < (a: Quality, b: Quality) -> Bool { a.rank < b.rank }

    /// Whether the value may be used: good or suspect.
    public var isKnown: Bool { self <= .suspect }
}
