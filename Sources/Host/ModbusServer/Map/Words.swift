/// Numbers and texts in registers: high word first, high byte first, texts filled with zeros.
enum Words {
    /// An unsigned or two's-complement number in `count` registers.
    static func number(_ value: some BinaryInteger, _ count: Int) -> [UInt16] {
        let bits = UInt64(truncatingIfNeeded: value)
        return (0..<count).map { UInt16(truncatingIfNeeded: bits >> UInt64(16 * (count - 1 - $0))) }
    }

    /// The number in up to four registers.
    static func number(_ words: ArraySlice<UInt16>) -> UInt64 { words.reduce(0) { $0 << 16 | UInt64($1) } }

    /// A text in ASCII, two characters a register; others become `?`, what does not fit is cut.
    static func text(_ text: String, _ count: Int) -> [UInt16] {
        let bytes = text.unicodeScalars.map { $0.isASCII ? UInt16($0.value) : 0x3F }.prefix(2 * count)
        let filled = Array(bytes) + [UInt16](repeating: 0, count: 2 * count - bytes.count)
        return (0..<count).map { filled[2 * $0] << 8 | filled[2 * $0 + 1] }
    }
}
