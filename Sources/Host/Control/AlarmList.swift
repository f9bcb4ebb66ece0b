import DriverAPI

/// What the operator must know, each text once while it lasts.
public struct AlarmList: Sendable {
    private var entries: [(text: String, first: MonotonicTime, last: MonotonicTime)] = []

    /// An empty list.
    public init() {}

    /// The texts, newest last.
    public var texts: [String] { entries.map(\.text) }

    /// Adds a text, or prolongs it. Texts not seen for 10 minutes go; at most 100 are kept.
    public mutating func add(_ text: String, at now: MonotonicTime) {
        entries.removeAll { $0.last.duration(to: now) > .seconds(600) }
        if let place = entries.firstIndex(where: { $0.text == text }) {
            entries[place].last = now
        } else {
            entries.append((text, now, now))
        }
        if entries.count > 100 { entries.removeFirst(entries.count - 100) }
    }
}
