import DeviceProfiles
import DriverAPI

/// The writes that wear a point's memory, counted over the time the engine has been running.
///
/// The clock has no date and may start anew with the machine, so the age of a write counts running time only: time the
/// host was down counts as none, which never allows a write too many.
struct WearLedger: Hashable, Sendable {
    /// What persists when the profile gives no budget: 10 a day (profile language, write).
    static let defaultBudget = WriteRule.Budget(count: 10, period: .seconds(86400))
    /// The longest period a budget can have.
    private static let longest = Duration.seconds(366 * 86400)

    /// The ages of the writes at `since`, in seconds of running time, oldest first.
    private var ages: [Int64] = []
    /// The moment the ages are counted from.
    private var since: MonotonicTime

    /// Nothing written yet.
    init(now: MonotonicTime) { since = now }

    /// How many writes lie within the last `period`.
    func writes(within period: Duration, at now: MonotonicTime) -> Int {
        let limit = period.components.seconds - elapsed(at: now)
        return ages.reduce(0) { $0 + ($1 < limit ? 1 : 0) }
    }

    /// Whether one more write stays within the budget.
    func allows(_ budget: WriteRule.Budget, at now: MonotonicTime) -> Bool {
        writes(within: budget.period, at: now) < budget.count
    }

    /// Counts a write.
    mutating func record(at now: MonotonicTime) {
        advance(to: now)
        ages.append(0)
    }

    /// Lets the ages grow up to `now` and forgets writes that no budget can ask for.
    mutating func advance(to now: MonotonicTime) {
        let passed = elapsed(at: now)
        guard passed > 0 else { return }
        ages = ages.map { $0 + passed }.filter { $0 < Self.longest.components.seconds }
        since = since.advanced(by: .seconds(passed))
    }

    private func elapsed(at now: MonotonicTime) -> Int64 { max(0, since.duration(to: now).components.seconds) }

    /// The ages in seconds with blanks between, as stored; correct for the last ``advance(to:)``.
    var text: String { ages.map { String($0) }.joined(separator: " ") }

    /// Reads what ``text`` wrote; the time since it was written counts as none.
    init(text: String, now: MonotonicTime) {
        ages = text.split(separator: " ").compactMap { Int64($0) }.filter { $0 >= 0 }
        since = now
    }
}
