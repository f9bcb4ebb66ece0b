/// An escape sequence in a JSON string (RFC 8259, section 7).
public struct JSONEscape: Hashable, Sendable {
    /// Why bytes are no escape sequence.
    public enum Fault: Error, Hashable, Sendable {
        /// They stand for no character: an unknown letter, no hexadecimal digit, or half of a pair of surrogates.
        case malformed
        /// The text ends in the middle of it.
        case unfinished
    }

    /// The character it stands for.
    public let scalar: Unicode.Scalar
    /// How many bytes it has, the backslash included: 2, 6, or 12 for a pair of surrogates.
    public let length: Int

    /// Reads the escape sequence whose backslash is at `start` of `bytes`. Throws ``Fault``.
    public init(in bytes: some RandomAccessCollection<UInt8>, at start: Int) throws(Fault) {
        let rest = bytes.dropFirst(start)
        guard let letter = rest.dropFirst().first else { throw .unfinished }
        if let scalar = Self.short(letter) {
            self.scalar = scalar
            length = 2
            return
        }
        guard letter == UInt8(ascii: "u") else { throw .malformed }
        let first = try Self.unit(rest.dropFirst(2))
        guard first & 0xfc00 == 0xd800 else {
            guard let scalar = Unicode.Scalar(first) else { throw .malformed }
            self.scalar = scalar
            length = 6
            return
        }
        let second = rest.dropFirst(6)
        for (byte, expected) in zip(second, "\\u".utf8) where byte != expected { throw .malformed }
        guard second.count >= 2 else { throw .unfinished }
        let low = try Self.unit(second.dropFirst(2))
        guard low & 0xfc00 == 0xdc00, let scalar = Unicode.Scalar(0x10000 + ((first & 0x3ff) << 10 | low & 0x3ff))
        else { throw .malformed }
        self.scalar = scalar
        length = 12
    }

    private static func short(_ letter: UInt8) -> Unicode.Scalar? {
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): Unicode.Scalar(letter)
        case UInt8(ascii: "b"): "\u{8}"
        case UInt8(ascii: "f"): "\u{c}"
        case UInt8(ascii: "n"): "\n"
        case UInt8(ascii: "r"): "\r"
        case UInt8(ascii: "t"): "\t"
        default: nil
        }
    }

    /// Four hexadecimal digits.
    private static func unit(_ bytes: some Collection<UInt8>) throws(Fault) -> UInt32 {
        var value: UInt32 = 0
        for byte in bytes.prefix(4) {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else { throw .malformed }
            value = value << 4 | UInt32(digit)
        }
        guard bytes.prefix(4).count == 4 else { throw .unfinished }
        return value
    }
}
