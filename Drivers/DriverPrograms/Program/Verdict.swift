import Synchronization

/// Why the life of a driver has to end; the first reason stays.
final class Verdict: Sendable {
    private let first = Mutex<String?>(nil)

    /// The reason; nil while it may go on.
    var reason: String? { first.withLock { $0 } }

    /// Has it end for this reason, unless it has to for another.
    func end(_ reason: String) { first.withLock { $0 = $0 ?? reason } }
}
