/// Something the network has to say to whoever runs it.
public struct NetworkLogEntry: Hashable, Sendable {
    /// How much it matters.
    public enum Level: Hashable, Sendable {
        /// A fault of this program or of the system.
        case error
        /// Something out of order that was dealt with.
        case warning
    }

    /// How much it matters.
    public let level: Level
    /// One line without a line end.
    public let text: String

    /// Makes an entry.
    public init(level: Level, text: String) {
        self.level = level
        self.text = text
    }
}
