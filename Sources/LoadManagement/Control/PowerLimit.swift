/// A power that boxes may not pass together.
public struct PowerLimit: Hashable, Codable, Sendable {
    /// Milliwatts, counted at 230 V per phase.
    public var milliwatts: Int
    /// The circuit whose boxes count; nil for all.
    public var node: String?
    /// The boxes that count, of those below `node`; nil for all of them.
    public var boxes: Set<String>?
    /// Who limits; nil if that is not known.
    public var cause: PowerCause?

    /// Makes a limit of `milliwatts` for `boxes` below `node`, or for all.
    public init(milliwatts: Int, node: String? = nil, boxes: Set<String>? = nil, cause: PowerCause? = nil) {
        self.milliwatts = milliwatts
        self.node = node
        self.boxes = boxes
        self.cause = cause
    }
}
