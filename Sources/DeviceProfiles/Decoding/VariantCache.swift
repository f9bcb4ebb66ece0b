import Synchronization

/// The profiles of the combinations of variants met so far.
final class VariantCache: Sendable {
    private let known: Mutex<[[Int]: ResolvedProfile]>

    init(_ known: [[Int]: ResolvedProfile]) { self.known = Mutex(known) }

    /// The profile of a combination, made by `make` the first time. Two tasks may make it at once; one result is kept.
    func profile(of applied: [Int], make: () -> ResolvedProfile) -> ResolvedProfile {
        if let found = known.withLock({ $0[applied] }) { return found }
        let made = make()
        return known.withLock { table in
            if let found = table[applied] { return found }
            table[applied] = made
            return made
        }
    }
}
