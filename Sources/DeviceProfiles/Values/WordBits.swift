/// Puts the words of one value together, and takes them apart again, in every order.
///
/// `big` is ABCD, `word-swapped` CDAB, `byte-swapped` BADC, `little` DCBA; with four words the lowest word comes first in
/// `word-swapped` and `little`. One register has no order.
enum WordBits {
    /// The bits of at most 8 words, the first word on top.
    @inline(__always)
    static func joined(_ words: ArraySlice<UInt16>, _ order: WordOrder) -> UInt128 {
        if words.count <= 4 { return UInt128(joined64(words, order)) }
        var bits: UInt128 = 0
        for i in words.indices { bits = bits << 16 | UInt128(word(words, i, order)) }
        return bits
    }

    /// The bits of at most 4 words.
    @inline(__always)
    static func joined64(_ words: ArraySlice<UInt16>, _ order: WordOrder) -> UInt64 {
        if words.count == 1 { return UInt64(words[words.startIndex]) }
        var bits: UInt64 = 0
        for i in words.indices { bits = bits << 16 | UInt64(word(words, i, order)) }
        return bits
    }

    /// The words that carry the lowest `16 × count` bits.
    static func words(_ bits: UInt128, count: Int, _ order: WordOrder) -> [UInt16] {
        var words = (0..<count).map { UInt16(truncatingIfNeeded: bits >> UInt128(16 * (count - 1 - $0))) }
        guard count > 1 else { return words }
        if order == .wordSwapped || order == .little { words.reverse() }
        return order == .byteSwapped || order == .little ? words.map(\.byteSwapped) : words
    }

    @inline(__always)
    private static func word(_ words: ArraySlice<UInt16>, _ i: Int, _ order: WordOrder) -> UInt16 {
        switch order {
        case .big: words[i]
        case .wordSwapped: words[words.startIndex + words.endIndex - 1 - i]
        case .byteSwapped: words[i].byteSwapped
        case .little: words[words.startIndex + words.endIndex - 1 - i].byteSwapped
        }
    }
}
