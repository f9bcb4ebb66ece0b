import Licensing
import ProfileTrust
import Synchronization

/// Fetches the lists that were added, each when it is due, so that a withdrawal takes effect without a person.
///
/// A list that cannot be fetched, or does not count, changes nothing: the one that is there goes on to count, and after a
/// week there is a warning.
final class IndexFetching: Sendable {
    /// What went wrong with one list since it was fetched last.
    private struct Failure {
        var count = 0
        var at: Int64
        var words: String
    }

    private struct State {
        var failures: [String: Failure] = [:]
        var warnings: [String] = []
    }

    private let folder: TrustFolder
    private let seed: String
    private let log: HostLog
    private let refresh: IndexRefresh
    private let state = Mutex(State())

    /// For the lists of a data folder; `seed` tells this host from others.
    init(_ folder: TrustFolder, seed: String, log: HostLog) {
        self.folder = folder
        self.seed = seed
        self.log = log
        refresh = IndexRefresh(folder)
    }

    /// What a person must know, in words.
    var warnings: [String] { state.withLock { $0.warnings } }

    /// Nothing is fetched any more, so nothing is overdue.
    func stop() { state.withLock { $0 = State() } }

    /// Fetches what is due at `now`, in seconds since 1970; whether a list has changed.
    func step(every period: Duration, now: Int64) async -> Bool {
        let indexes = (try? folder.storedIndexes()) ?? []
        let names = Set(indexes.map(\.name))
        state.withLock { state in state.failures = state.failures.filter { names.contains($0.key) } }
        var isChanged = false
        for index in indexes where isDue(index, period, now) {
            guard !Task.isCancelled else { break }
            if await fetch(index, now) { isChanged = true }
        }
        let overdue = indexes.compactMap { warning(of: $0, now) }
        state.withLock { $0.warnings = overdue }
        return isChanged
    }

    private func isDue(_ index: StoredIndex, _ period: Duration, _ now: Int64) -> Bool {
        let failure = state.withLock { $0.failures[index.name] }
        return IndexSchedule(period: period, seed: seed + index.name).isDue(
            at: now, after: FetchRecord.of(index)?.time, failures: failure?.count ?? 0, failedAt: failure?.at)
    }

    /// Fetches one list; whether it is another one now.
    private func fetch(_ index: StoredIndex, _ now: Int64) async -> Bool {
        let before = index.read().flatMap { try? $0.get() }
        do throws(TrustProblem) {
            let new = try await refresh.refresh(index, ifChanged: true, now: now)
            state.withLock { $0.failures[index.name] = nil }
            guard new != before else { return false }
            log.write(.info, "the index '\(index.name)' has serial \(new.serial) now, of \(new.issued)")
            return true
        } catch {
            guard !Task.isCancelled else { return false }
            let isNews = note(error.description, of: index.name, now)
            if isNews { log.write(.warning, "\(error); what the index '\(index.name)' said last goes on to count") }
            return false
        }
    }

    /// Counts a failure; whether it is another one than before.
    private func note(_ words: String, of name: String, _ now: Int64) -> Bool {
        state.withLock { state in
            var failure = state.failures[name] ?? Failure(at: now, words: "")
            let isNews = failure.words != words
            failure.count += 1
            failure.at = now
            failure.words = words
            state.failures[name] = failure
            return isNews
        }
    }

    private func warning(of index: StoredIndex, _ now: Int64) -> String? {
        guard let failure = state.withLock({ $0.failures[index.name] }) else { return nil }
        let last = FetchRecord.of(index)?.time
        if let last, now - last < IndexSchedule.patience { return nil }
        let since = last.map { "since \(Day(seconds: $0))" } ?? "ever"
        return "the index '\(index.name)' could not be fetched \(since), so that withdrawals are not known: "
            + "\(failure.words)"
    }
}
