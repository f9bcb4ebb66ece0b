import Licensing

/// When a list of profiles is fetched: a period after it was fetched last, and after a failure sooner, then ever later.
///
/// Hosts that were set up together do not come together: each is early or late by up to a tenth of the period, always by
/// the same for the same list.
struct IndexSchedule: Sendable {
    /// So long the first try after a failure is put off, in seconds; each one after it twice as long, up to the period.
    static let afterFailure: Int64 = 3600
    /// A list that was not fetched for so long is a warning, in seconds.
    static let patience: Int64 = 7 * 86_400

    private let period: Int64
    private let shift: Int64

    /// For one list on one host, both told by `seed`.
    init(period: Duration, seed: String) {
        let seconds = max(60, period.components.seconds)
        self.period = seconds
        let share = Int64(Digest.sha256(Array(seed.utf8)).prefix(4), radix: 16) ?? 0
        // From a tenth of the period early to a tenth late.
        shift = (2 * share - 0xFFFF) * (seconds / 10) / 0xFFFF
    }

    /// The moment from which on it is fetched; `failures` were since then, the last at `failedAt`.
    func due(after last: Int64?, failures: Int, failedAt: Int64?) -> Int64 {
        if failures > 0, let failedAt {
            let wait = Self.afterFailure << min(failures - 1, 16)
            return failedAt + min(wait, period)
        }
        guard let last else { return 0 }
        return last + period + shift
    }

    /// Whether it is fetched at `now`. A moment that lies more than a day ahead was told by a clock that was wrong.
    func isDue(at now: Int64, after last: Int64?, failures: Int, failedAt: Int64?) -> Bool {
        if let last, last > now + 86_400 { return true }
        return now >= due(after: last, failures: failures, failedAt: failedAt)
    }
}
