/// Random numbers that are the same in every run and on every machine (SplitMix64; Steele, Lea and Flood 2014).
public struct SeededGenerator: RandomNumberGenerator, Sendable {
    @usableFromInline var state: UInt64

    /// The generator of `seed`.
    public init(seed: UInt64) { state = seed }

    /// The generator of `seed`.
    public init(seed: Int) { state = UInt64(bitPattern: Int64(seed)) }

    /// The next number.
    @inlinable public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// True in `percent` of all cases.
    public mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }

    /// One number of `range`.
    public mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }

    /// One of these.
    public mutating func pick<T>(_ first: T, _ choices: T...) -> T {
        let index = number(0...choices.count)
        return index == 0 ? first : choices[index - 1]
    }

    /// One of `choices`, which are not empty.
    public mutating func pick<T>(_ choices: [T]) -> T { choices[Int.random(in: choices.indices, using: &self)] }
}
