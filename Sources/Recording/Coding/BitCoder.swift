/// Writes or reads bits of a known likelihood: the same calls write what is given, or answer with what was written.
///
/// What uses it is written once for both directions, so that reader and writer cannot drift apart.
protocol BitCoder {
    /// Whether bits are read; then what is given does not count.
    static var reads: Bool { get }
    /// Whether it read on where nothing was written: the bytes are damaged.
    var isExhausted: Bool { get }
    /// One bit that is likely to be what it was before.
    mutating func bit(_ given: Bool, _ probability: inout Probability) -> Bool
    /// The low `count` bits, 0...64, all equally likely.
    mutating func plain(_ given: UInt64, count: Int) -> UInt64
}
