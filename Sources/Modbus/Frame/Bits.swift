/// Coils in bytes: the first in the lowest bit (Modbus Application Protocol V1.1b3, 6.1).
enum Bits {
    /// One byte out of up to eight coils.
    static func packed(_ coils: ArraySlice<UInt16>) -> UInt8 {
        var byte: UInt8 = 0
        for (offset, coil) in coils.enumerated() where coil != 0 { byte |= 1 << UInt8(offset) }
        return byte
    }

    /// All coils, eight to a byte.
    static func bytes(_ coils: [UInt16]) -> [UInt8] {
        stride(from: 0, to: coils.count, by: 8).map { packed(coils[$0..<min($0 + 8, coils.count)]) }
    }

    /// The coil at `index` of packed bytes, 0 or 1.
    static func coil(_ index: Int, in bytes: some RandomAccessCollection<UInt8>) -> UInt16 {
        UInt16(bytes[bytes.index(bytes.startIndex, offsetBy: index / 8)] >> UInt8(index % 8) & 1)
    }
}
