import TestTools

extension SeededGenerator {
    /// A number from `range`; one multiplication instead of a division, good enough here.
    mutating func draw(_ range: ClosedRange<Int>) -> Int {
        let span = UInt64(range.upperBound - range.lowerBound) + 1
        return range.lowerBound + Int(((next() >> 32) &* span) >> 32)
    }

    mutating func draw<T>(_ choices: [T]) -> T { choices[draw(0...choices.count - 1)] }

    mutating func happens(_ percent: Int) -> Bool { draw(0...99) < percent }
}
