/// How much a flight recorder keeps.
public struct RecordingLimits: Hashable, Sendable {
    /// How many segments, 2...10,000.
    public let segments: Int
    /// The size of a segment in bytes, 16 KiB...64 MiB; one with a single tick may be larger.
    public let bytes: Int

    /// Makes limits, held to their ranges: by default 16 segments of 1 MiB.
    public init(segments: Int = 16, bytes: Int = 1 << 20) {
        self.segments = min(max(segments, 2), 10_000)
        self.bytes = min(max(bytes, 1 << 14), 1 << 26)
    }

    /// Makes limits of so many MiB altogether, 1...10,000.
    public init(mebibytes: Int) {
        if mebibytes > 1 { self.init(segments: mebibytes) } else { self.init(segments: 2, bytes: 1 << 19) }
    }
}
