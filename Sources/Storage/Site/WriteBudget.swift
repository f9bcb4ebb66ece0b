/// How often a point of a device may be written, as a profile says for memory that wears out: `20/year`.
public struct WriteBudget: Hashable, Sendable, Codable, CustomStringConvertible {
    /// Writes allowed.
    public let count: Int
    /// In which time.
    public let window: WriteWindow

    /// `count` writes in each `window`.
    public init(_ count: Int, per window: WriteWindow) {
        self.count = count
        self.window = window
    }

    /// `20/year`.
    public var description: String { "\(count)/\(window.rawValue)" }
}
