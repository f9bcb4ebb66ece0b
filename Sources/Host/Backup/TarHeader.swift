/// The head of one file in a tar archive (POSIX.1-1988, ustar): 512 bytes.
struct TarHeader: Hashable {
    static let size = 512

    /// The path, at most 255 bytes.
    var name: String
    /// How many bytes the file has; below 8 GiB.
    var count: Int
    /// When it was changed, in s since 1970 UTC.
    var time: Int = 0

    /// What a block holds.
    enum Block: Hashable {
        case header(TarHeader)
        /// The end of the archive.
        case end
        /// A kind of entry that a backup has not, or nonsense.
        case bad(String)
    }

    /// The 512 bytes; nil where name or size do not fit.
    var bytes: [UInt8]? {
        guard count >= 0, count < 1 << 33, let (prefix, name) = parts else { return nil }
        var block = [UInt8](repeating: 0, count: TarHeader.size)
        func put(_ text: some Sequence<UInt8>, at offset: Int) {
            for (index, byte) in text.enumerated() { block[offset + index] = byte }
        }
        func octal(_ number: Int, _ digits: Int) -> [UInt8] {
            let text = String(number, radix: 8)
            return Array((String(repeating: "0", count: max(0, digits - text.count)) + text).utf8)
        }
        put(name, at: 0)
        put(octal(0o600, 7), at: 100)
        put(octal(0, 7), at: 108)
        put(octal(0, 7), at: 116)
        put(octal(count, 11), at: 124)
        put(octal(max(0, time), 11), at: 136)
        put([UInt8](repeating: UInt8(ascii: " "), count: 8), at: 148)
        block[156] = UInt8(ascii: "0")
        put(Array("ustar\0".utf8) + Array("00".utf8), at: 257)
        put(prefix, at: 345)
        let sum = block.reduce(0) { $0 + Int($1) }
        put(octal(sum, 6) + [0, UInt8(ascii: " ")], at: 148)
        return block
    }

    /// The name in its two fields: up to 155 bytes of folders and up to 100 bytes.
    private var parts: (prefix: [UInt8], name: [UInt8])? {
        let bytes = Array(name.utf8)
        if bytes.count <= 100 { return ([], bytes) }
        for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "/") {
            if index <= 155, bytes.count - index - 1 <= 100 {
                return (Array(bytes[..<index]), Array(bytes[(index + 1)...]))
            }
        }
        return nil
    }

    /// Reads a block of 512 bytes.
    static func read(_ block: [UInt8]) -> Block {
        if block.allSatisfy({ $0 == 0 }) { return .end }
        guard block[257..<262].elementsEqual("ustar".utf8) else { return .bad("it is no tar archive") }
        let blanked = block.enumerated().reduce(0) {
            $0 + ((148..<156).contains($1.offset) ? 32 : Int($1.element))
        }
        guard octal(block[148..<156]) == blanked else { return .bad("the head of an entry is damaged") }
        let name = [text(block[345..<500]), text(block[0..<100])].filter { !$0.isEmpty }.joined(separator: "/")
        guard block[156] == UInt8(ascii: "0") || block[156] == 0 else {
            return .bad("\(name) is no plain file")
        }
        guard let count = octal(block[124..<136]) else { return .bad("the size of \(name) is no number") }
        return .header(TarHeader(name: name, count: count, time: octal(block[136..<148]) ?? 0))
    }

    private static func text(_ field: ArraySlice<UInt8>) -> String {
        String(decoding: field.prefix { $0 != 0 }, as: UTF8.self)
    }

    private static func octal(_ field: ArraySlice<UInt8>) -> Int? {
        let digits = field.filter { $0 != 0 && $0 != UInt8(ascii: " ") }
        return digits.isEmpty ? nil : Int(String(decoding: digits, as: UTF8.self), radix: 8)
    }
}
