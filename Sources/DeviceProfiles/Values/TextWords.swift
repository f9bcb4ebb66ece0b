/// Text inside registers. Two characters a word, the first on top; with `byte-swapped` (and `little`) the first below.
enum TextWords {
    /// Text of one byte a character, cut at both ends of NUL and blanks; nil for control characters and for bytes that
    /// are no UTF-8 (a fresh memory reads 0xFF).
    static func ascii(_ words: ArraySlice<UInt16>, _ order: WordOrder, _ byte: ReadPlace.Byte?) -> String? {
        let bytes: [UInt8]
        if let byte {
            bytes = words.map { UInt8(truncatingIfNeeded: byte == .hi ? $0 >> 8 : $0) }
        } else {
            bytes = Self.bytes(words, order)
        }
        return String(validating: bytes, as: UTF8.self).flatMap(trimmed)
    }

    /// Text of one UTF-16 unit a word, cut at both ends; nil for control characters and broken pairs.
    static func utf16(_ words: ArraySlice<UInt16>, _ order: WordOrder) -> String? {
        let units = words.map { isSwapped(order) ? $0.byteSwapped : $0 }
        return String(validating: units, as: UTF16.self).flatMap(trimmed)
    }

    /// Four upper-case hex digits a word.
    static func hex(_ words: ArraySlice<UInt16>, _ order: WordOrder) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var text: [UInt8] = []
        for byte in bytes(words, order) {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 0xF)])
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The words of a text of one byte a character, filled up with NUL; nil when it is too long or has control
    /// characters.
    static func words(ascii text: String, count: Int, _ order: WordOrder, _ byte: ReadPlace.Byte?) -> [UInt16]? {
        guard !hasControls(text) else { return nil }
        guard let byte else { return words(Array(text.utf8), count: count, order) }
        let bytes = Array(text.utf8)
        guard bytes.count <= count else { return nil }
        return (0..<count).map { i in
            let character = i < bytes.count ? UInt16(bytes[i]) : 0
            return byte == .hi ? character << 8 : character
        }
    }

    /// The words of a text of one UTF-16 unit a word, filled up with NUL.
    static func words(utf16 text: String, count: Int, _ order: WordOrder) -> [UInt16]? {
        let units = Array(text.utf16)
        guard units.count <= count, !hasControls(text) else { return nil }
        let filled = units + Array(repeating: 0, count: count - units.count)
        return isSwapped(order) ? filled.map(\.byteSwapped) : filled
    }

    /// The words of hex digits, filled up with 00; nil for other characters, half a byte, or too many.
    static func words(hex text: String, count: Int, _ order: WordOrder) -> [UInt16]? {
        let digits = text.utf8.map { Character(UnicodeScalar($0)).hexDigitValue }
        guard digits.count.isMultiple(of: 2) else { return nil }
        var bytes: [UInt8] = []
        for i in stride(from: 0, to: digits.count, by: 2) {
            guard let high = digits[i], let low = digits[i + 1] else { return nil }
            bytes.append(UInt8(high << 4 | low))
        }
        return words(bytes, count: count, order)
    }

    private static func words(_ bytes: [UInt8], count: Int, _ order: WordOrder) -> [UInt16]? {
        guard bytes.count <= 2 * count else { return nil }
        let filled = bytes + Array(repeating: 0, count: 2 * count - bytes.count)
        return (0..<count).map { i in
            let word = UInt16(filled[2 * i]) << 8 | UInt16(filled[2 * i + 1])
            return isSwapped(order) ? word.byteSwapped : word
        }
    }

    private static func bytes(_ words: ArraySlice<UInt16>, _ order: WordOrder) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(2 * words.count)
        for word in words {
            let word = isSwapped(order) ? word.byteSwapped : word
            bytes.append(UInt8(word >> 8))
            bytes.append(UInt8(truncatingIfNeeded: word))
        }
        return bytes
    }

    private static func isSwapped(_ order: WordOrder) -> Bool { order == .byteSwapped || order == .little }

    private static func trimmed(_ text: String) -> String? {
        let isFiller: (Unicode.Scalar) -> Bool = { $0 == "\0" || $0 == " " }
        var scalars = text.unicodeScalars[...]
        scalars = scalars.drop(while: isFiller)
        while let last = scalars.last, isFiller(last) { scalars.removeLast() }
        let cut = String(scalars)
        return hasControls(cut) ? nil : cut
    }

    private static func hasControls(_ text: String) -> Bool {
        text.unicodeScalars.contains { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) }
    }
}
