import DriverAPI

extension ReadPlace {
    /// The words that hold `raw`: the inverse of reading. Outside a `bits` field and a `byte` they are 0.
    ///
    /// Nil when the type cannot hold it: too large, too long, control characters, another kind of raw value.
    public func words(for raw: RawValue) -> [UInt16]? { words(for: raw, rounding: .nearest) }

    /// The same; `rounding` says on which side of a number that no float meets the float is.
    func words(for raw: RawValue, rounding: WriteRule.Rounding) -> [UInt16]? {
        switch raw {
        case .integer(let number):
            type.isFloat ? words(for: Exact(integer: number), rounding) : words(for: number)
        case .float(let number):
            type.isFloat
                ? words(for: number, rounding) : number.isInteger ? words(for: number.numerator) : nil
        case .text(let text): words(for: text)
        case .version(let parts): words(for: parts)
        }
    }

    private func words(for number: Exact, _ rounding: WriteRule.Rounding) -> [UInt16]? {
        FloatBits.bits(of: number, type, rounding).map { WordBits.words(UInt128($0), count: words, order) }
    }

    private func words(for number: Int128) -> [UInt16]? {
        if let bits {
            guard type.isInteger, bits.count < 127, (0..<(1 << Int128(bits.count))).contains(number) else { return nil }
            return WordBits.words(UInt128(number) << UInt128(bits.lowerBound), count: words, order)
        }
        if type == .bcd {
            return BCD.bits(number, digits: 4 * words).map { WordBits.words($0, count: words, order) }
        }
        guard let range = type.integerRange, range.contains(number) else { return nil }
        let pattern = UInt128(truncatingIfNeeded: number)
        switch type {
        case .u8, .s8:
            let character = UInt16(truncatingIfNeeded: pattern & 0xFF)
            return [byte == .hi ? character << 8 : character]
        default: return WordBits.words(pattern, count: words, order)
        }
    }

    private func words(for text: String) -> [UInt16]? {
        switch type {
        case .ascii: TextWords.words(ascii: text, count: words, order, byte)
        case .utf16: TextWords.words(utf16: text, count: words, order)
        case .hex: TextWords.words(hex: text, count: words, order)
        default: nil
        }
    }

    private func words(for parts: [Int]) -> [UInt16]? {
        if type == .ascii || split == .text {
            let text = parts.map(String.init).joined(separator: ".")
            return TextWords.words(ascii: text, count: words, order, byte)
        }
        guard type == .version, words <= 7, let bits = VersionBits.bits(parts, of: 16 * words, split) else {
            return nil
        }
        guard bits < 1 << UInt128(16 * words) else { return nil }
        return WordBits.words(bits, count: words, order)
    }

    /// Which bits of each word belong to the value; nil when all do.
    var masks: [UInt16]? {
        if let bits, bits.count < 16 * words {
            return WordBits.words(((1 << UInt128(bits.count)) - 1) << UInt128(bits.lowerBound), count: words, order)
        }
        guard let byte, !table.isBits else { return nil }
        return Array(repeating: byte == .hi ? 0xFF00 : 0x00FF, count: words)
    }
}
