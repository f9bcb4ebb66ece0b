/// Random numbers that are the same in every run (SplitMix64, Steele, Lea and Flood 2014).
public struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// Makes the generator of `seed`.
    public init(seed: Int) { state = UInt64(bitPattern: Int64(seed)) }

    /// The next number.
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A number from `range`; one multiplication instead of a division, good enough here.
    mutating func pick(_ range: ClosedRange<Int>) -> Int {
        let span = UInt64(range.upperBound - range.lowerBound) + 1
        return range.lowerBound + Int(((next() >> 32) &* span) >> 32)
    }

    mutating func pick<T>(_ choices: [T]) -> T { choices[pick(0...choices.count - 1)] }

    mutating func chance(_ percent: Int) -> Bool { pick(0...99) < percent }
}
