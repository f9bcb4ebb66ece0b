import Glibc

/// How long a database that others hold is waited for while it is opened and brought up to date.
///
/// Several that open one file queue behind each other while one of them migrates it, and SQLite refuses at once, without
/// its own waiting, where two that change the journal mode would block each other
/// (sqlite.org/c3ref/busy_handler.html).
struct OpeningPatience: Sendable {
    /// How long what was refused is tried again, over all steps of the opening.
    var limit: Duration
    /// How long SQLite waits within one try, in milliseconds.
    var withinTry: Int32 = Connection.patience
    /// The pause before the next try, in microseconds.
    var pause: UInt32 = 20_000
    /// Called before each pause, on the database's own thread.
    var waits: @Sendable () -> Void = {}

    /// For a disk that stalls: those before in the queue may each take longer than an ordinary statement waits.
    static var usual: OpeningPatience { OpeningPatience(limit: .seconds(60)) }

    /// The moment at which an opening that begins now is given up.
    var end: ContinuousClock.Instant { .now + limit }

    /// Does `step` again until `end` for as long as another process holds the database; a refused step has changed
    /// nothing.
    ///
    /// Throws what `step` throws.
    func trying<Made>(
        until end: ContinuousClock.Instant, _ step: () throws(StorageError) -> Made
    ) throws(StorageError) -> Made {
        while true {
            do throws(StorageError) {
                return try step()
            } catch {
                guard case .locked = error, .now < end, !Task.isCancelled else { throw error }
                waits()
                usleep(pause)
            }
        }
    }
}
