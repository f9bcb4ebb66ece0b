import DriverAPI

/// What the engine remembers of its writes.
struct WriteRecord {
    /// The last words written to a point on any connection, and since when it has had this value.
    struct Last {
        var words: [UInt16]
        var value: Value?
        var since: MonotonicTime
    }

    /// By point.
    var last: [String: Last] = [:]
    /// Until when a block rests after a write with `settle`.
    var restsUntil: [ControlBlock: MonotonicTime] = [:]
    /// When a block with a cooldown may run again.
    var coolsUntil: [ControlBlock: MonotonicTime] = [:]
    /// Until when the points a block froze stay so.
    var thaws: [ControlBlock: (points: [String], at: MonotonicTime)] = [:]
    /// Writes that wear memory, by point; loaded when first needed.
    var wear: [String: WearLedger] = [:]

    /// Takes note of an acknowledged write.
    mutating func note(_ point: String, words: [UInt16], value: Value?, at time: MonotonicTime) {
        let isSame = last[point]?.words == words
        last[point] = Last(words: words, value: value, since: isSame ? last[point]?.since ?? time : time)
    }
}
