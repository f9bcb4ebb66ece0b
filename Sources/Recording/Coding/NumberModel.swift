/// How numbers of one kind are spread: their lengths in bits, and the two digits behind the first.
struct NumberModel {
    private var lengths = [Probability](repeating: Probability(), count: 128)
    private var digits: [Probability] = []

    /// Codes `given`: its length by what was learned, then its digits.
    mutating func code<Coder: BitCoder>(_ given: UInt64, _ coder: inout Coder) -> UInt64 {
        let length = codeLength(64 - given.leadingZeroBitCount, &coder)
        guard length > 1 else { return UInt64(length) }
        if digits.isEmpty { digits = [Probability](repeating: Probability(), count: 65 * 4) }
        var value: UInt64 = 1
        var rest = length - 1
        var node = 1
        for _ in 0..<min(2, rest) {
            rest -= 1
            let bit = coder.bit(given >> UInt64(rest) & 1 == 1, &digits[length * 4 + node - 1])
            value = value << 1 | (bit ? 1 : 0)
            node = bit ? 2 : 3
        }
        guard rest > 0 else { return value }
        return value << UInt64(rest) | coder.plain(given & (1 << UInt64(rest) - 1), count: rest)
    }

    private mutating func codeLength<Coder: BitCoder>(_ given: Int, _ coder: inout Coder) -> Int {
        var node = 1
        for place in stride(from: 6, through: 0, by: -1) {
            node = node << 1 | (coder.bit(given >> place & 1 == 1, &lengths[node]) ? 1 : 0)
        }
        return min(64, node - 128)
    }
}

extension UInt64 {
    /// Small for numbers near 0 of either sign.
    init(zigzag value: Int64) { self = UInt64(bitPattern: (value << 1) ^ (value >> 63)) }

    /// The number it is the zigzag form of.
    var unzigzagged: Int64 { Int64(bitPattern: self >> 1) ^ -Int64(bitPattern: self & 1) }
}
