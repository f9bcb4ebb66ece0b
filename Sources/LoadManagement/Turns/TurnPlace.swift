/// A box's place in the queue of those who want current, and how long it has charged or waited.
struct TurnPlace: Hashable, Codable, Sendable {
    /// How often it has gone to the end of the queue: fewer come first, then the queue of the snapshot.
    var rounds: Int
    /// Whether its turn is on.
    private(set) var isRunning = false
    /// Since when it has charged, or waited.
    private(set) var since: Moment
    /// Since when it has done the opposite, as it may for a moment when a house moves.
    private var flippedAt: Moment?
    /// How many turns in a row its car did not use.
    var unused = 0

    /// A turn or a wait is over when the opposite has lasted for so long, so that noise of a meter starts neither anew.
    private static let settling: Span = 60 * second

    init(rounds: Int, at now: Moment) {
        self.rounds = rounds
        since = now
    }

    /// Takes note of whether the box has a share.
    mutating func note(isRunning runs: Bool, at now: Moment) {
        guard runs != isRunning else {
            flippedAt = nil
            return
        }
        let flipped = flippedAt ?? now
        flippedAt = flipped
        guard now - flipped >= Self.settling else { return }
        isRunning = runs
        since = flipped
        flippedAt = nil
    }

    /// A turn begins or ends by the clock.
    mutating func turn(isRunning: Bool, at now: Moment) {
        self.isRunning = isRunning
        since = now
        flippedAt = nil
    }

    /// Since when it has charged; `now` if it is only about to.
    func runsSince(_ now: Moment) -> Moment { isRunning ? since : flippedAt ?? now }

    /// Since when it has waited; `now` if it is only about to.
    func waitsSince(_ now: Moment) -> Moment { isRunning ? flippedAt ?? now : since }
}
