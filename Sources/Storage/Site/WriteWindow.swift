/// The stretch of time a budget of writes counts in, ending now.
public enum WriteWindow: String, Hashable, Sendable, Codable, CaseIterable {
    /// 60 minutes.
    case hour
    /// 24 hours.
    case day
    /// 7 days.
    case week
    /// 31 days, so that no calendar month gets more.
    case month
    /// 366 days, so that no calendar year gets more.
    case year

    /// Its length in minutes.
    public var minutes: Int64 {
        switch self {
        case .hour: 60
        case .day: 24 * 60
        case .week: 7 * 24 * 60
        case .month: 31 * 24 * 60
        case .year: 366 * 24 * 60
        }
    }
}
