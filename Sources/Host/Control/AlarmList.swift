import DriverAPI

/// What the operator must know, each matter once while it lasts.
public struct AlarmList: Sendable {
    private struct Entry {
        var matter: String
        var text: String
        var last: MonotonicTime
    }

    /// So long an alarm is shown after it was last raised.
    private static let shown = Duration.seconds(600)
    /// So many are kept.
    private static let capacity = 100

    private var entries: [Entry] = []

    /// An empty list.
    public init() {}

    /// The texts at `now`, newest last.
    public func texts(at now: MonotonicTime) -> [String] {
        entries.filter { $0.last.duration(to: now) <= Self.shown }.map(\.text)
    }

    /// Adds a text, or prolongs it; a text on the same `matter` takes the place of the one before.
    ///
    /// Texts not seen for 10 minutes go; at most 100 are kept, the oldest go first.
    public mutating func add(_ text: String, matter: String? = nil, at now: MonotonicTime) {
        entries.removeAll { $0.last.duration(to: now) > Self.shown }
        let matter = matter ?? text
        if let place = entries.firstIndex(where: { $0.matter == matter }) {
            entries[place].text = text
            entries[place].last = now
        } else {
            entries.append(Entry(matter: matter, text: text, last: now))
        }
        if entries.count > Self.capacity { entries.removeFirst(entries.count - Self.capacity) }
    }

    /// The matter is settled.
    public mutating func remove(matter: String) { entries.removeAll { $0.matter == matter } }
}
