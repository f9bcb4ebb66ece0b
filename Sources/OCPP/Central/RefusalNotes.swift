/// Remembers who was turned away and why, so that each is told once and a slave that knocks every second fills no log.
public struct RefusalNotes: Sendable {
    private var notes: [String: String] = [:]
    private let limit: Int

    /// Notes of at most so many names; with more the notes begin anew.
    public init(limit: Int = 1000) { self.limit = limit }

    /// Whether this reason is new for this name.
    public mutating func isNew(_ name: String, _ reason: String) -> Bool {
        guard notes[name] != reason else { return false }
        if notes.count >= limit, notes[name] == nil { notes = [:] }
        notes[name] = reason
        return true
    }

    /// Somebody of this name was let in; the next refusal is told again.
    public mutating func forget(_ name: String) { notes[name] = nil }
}
