/// What a box and a car that do what they are told may draw at most: the last value the box was told or fell back to, and
/// every earlier one until pacing and car have had their time. Times are milliseconds, currents milliamperes.
struct LawfulCurrent {
    /// IEC 61851-1 Table A.6.
    static let carTime = 5000

    private var present: Int
    private var earlier: [(value: Int, until: Int)] = []
    private let grace: Int
    /// The most it may draw.
    private(set) var most: Int

    init(_ value: Int, grace: Int) {
        present = value
        most = value
        self.grace = grace
    }

    /// From `now` on it has to follow `value`.
    mutating func tell(_ value: Int, at now: Int) { follow(value, at: now, within: grace) }

    /// It has to fall back to `value`. It has been told nothing for so long that no earlier change holds this one up: only
    /// the car has its time.
    mutating func fallBack(to value: Int, at now: Int) { follow(value, at: now, within: Self.carTime) }

    private mutating func follow(_ value: Int, at now: Int, within grace: Int) {
        if value != present { earlier.append((present, now + grace)) }
        present = value
        most = earlier.reduce(value) { max($0, $1.value) }
    }

    /// Drops what has had its time; answers whether that lowers the most.
    mutating func prune(at now: Int) -> Bool {
        guard next <= now else { return false }
        earlier.removeAll { $0.until <= now }
        let before = most
        most = earlier.reduce(present) { max($0, $1.value) }
        return most < before
    }

    /// When it may be less.
    var next: Int { earlier.reduce(.max) { min($0, $1.until) } }
}
