/// A power that boxes may not pass together.
public struct PowerLimit: Hashable, Codable, Sendable {
    /// Milliwatts, counted at 230 V per phase.
    public var milliwatts: Int
    /// The circuit whose boxes count; nil for all.
    public var node: String?

    /// Makes a limit of `milliwatts` for the boxes below `node`, or for all.
    public init(milliwatts: Int, node: String? = nil) {
        self.milliwatts = milliwatts
        self.node = node
    }
}
