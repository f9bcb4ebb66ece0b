import DriverAPI

extension ReadPlace {
    /// The raw value that `words` hold: order, type, `byte` and `bits` applied.
    ///
    /// Nil is no data: NaN, infinity, digits that are no BCD, control characters, a wrong number of words.
    public func raw(from words: some Collection<UInt16>) -> RawValue? { raw(from: ArraySlice(Array(words))) }

    /// The raw value that `words` hold.
    public func raw(from words: [UInt16]) -> RawValue? { raw(from: words[...]) }

    /// The raw value that `words` hold.
    public func raw(from words: ArraySlice<UInt16>) -> RawValue? {
        guard words.count == self.words, let first = words.first else { return nil }
        let integer: Int128
        switch type {
        case .f16: return FloatBits.number(UInt64(first), type).map(RawValue.float)
        case .f32, .f64: return FloatBits.number(WordBits.joined64(words, order), type).map(RawValue.float)
        case .ascii, .utf16, .hex: return text(words)
        case .version: return version(words)
        case .u8: integer = Int128(byte == .hi ? first >> 8 : first & 0xFF)
        case .s8: integer = Int128(Int8(truncatingIfNeeded: byte == .hi ? first >> 8 : first))
        case .u16, .bool16: integer = Int128(first)
        case .s16: integer = Int128(Int16(bitPattern: first))
        case .u32, .datetime, .u64: integer = Int128(WordBits.joined64(words, order))
        case .s32: integer = Int128(Int32(truncatingIfNeeded: WordBits.joined64(words, order)))
        case .s64: integer = Int128(Int64(bitPattern: WordBits.joined64(words, order)))
        case .bit: integer = first == 0 ? 0 : 1
        case .bcd:
            guard let number = BCD.number(WordBits.joined(words, order), digits: 4 * words.count) else { return nil }
            integer = number
        }
        guard let bits else { return .integer(integer) }
        return .integer((integer >> Int128(bits.lowerBound)) & ((1 << Int128(bits.count)) - 1))
    }

    private func text(_ words: ArraySlice<UInt16>) -> RawValue? {
        let found: String? =
            switch type {
            case .utf16: TextWords.utf16(words, order)
            case .hex: TextWords.hex(words, order)
            default: TextWords.ascii(words, order, byte)
            }
        guard let found else { return nil }
        guard split == .text else { return .text(found) }
        return VersionBits.parts(ofText: found).map(RawValue.version)
    }

    private func version(_ words: ArraySlice<UInt16>) -> RawValue? {
        guard words.count <= 7 else { return nil }
        let bits = WordBits.joined(words, order)
        let parts: [Int]? =
            switch split {
            case .bits(let widths, let bcd): VersionBits.parts(bits, of: 16 * words.count, widths, bcd: bcd)
            case .digits(let counts): VersionBits.parts(digitsOf: bits, counts)
            case .text: TextWords.ascii(words, order, byte).flatMap(VersionBits.parts(ofText:))
            case nil:
                VersionBits.parts(bits, of: 16 * words.count, Array(repeating: 8, count: 2 * words.count), bcd: false)
            }
        return parts.map(RawValue.version)
    }
}
