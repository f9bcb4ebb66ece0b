/// One reading of a circuit's meter.
public struct MeterSample: Hashable, Codable, Sendable {
    /// When it was measured.
    public var at: Moment
    /// Milliamperes per phase of the supply; negative is feed-in.
    public var current: PhaseCurrents
    /// The energy counter, in any unit; nil if the meter has none.
    public var counter: Int64?
    /// A digest of all the words the meter answered with, by which a frozen meter is found.
    public var words: UInt64

    /// Makes a sample.
    public init(at: Moment, current: PhaseCurrents, counter: Int64? = nil, words: UInt64) {
        self.at = at
        self.current = current
        self.counter = counter
        self.words = words
    }
}
