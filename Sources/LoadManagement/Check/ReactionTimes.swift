/// The times that the hardware around the boxes takes. All in nanoseconds.
public struct ReactionTimes: Hashable, Codable, Sendable {
    /// One tick of load management.
    public var tick: Span
    /// How old a reading of each circuit's meter gets at most, by the name of the circuit; what is left out, or older,
    /// counts as 10 s, for then the circuit is blind and its worst case holds.
    public var meterAge: [String: Span]
    /// The longest round of each box's bus with one timeout in it, by the name of the box.
    public var busRound: [String: Span]
    /// How long a command to each box may wait behind others, by the name of the box.
    public var writeQueue: [String: Span]

    /// Makes times; the tick is 1 s.
    public init(
        tick: Span = 1_000_000_000, meterAge: [String: Span] = [:], busRound: [String: Span] = [:],
        writeQueue: [String: Span] = [:]
    ) {
        self.tick = tick
        self.meterAge = meterAge
        self.busRound = busRound
        self.writeQueue = writeQueue
    }
}
