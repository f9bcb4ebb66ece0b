/// CRC-32 as Ethernet and zlib have it (ISO 3309, polynomial 0x04C11DB7 reflected).
public enum Checksum {
    private static let table: [UInt32] = (0..<256).map { byte in
        (0..<8).reduce(UInt32(byte)) { value, _ in value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1 }
    }

    /// The checksum of `bytes`.
    public static func of(_ bytes: some Sequence<UInt8>) -> UInt32 { continued(0, with: bytes) }

    /// The checksum of what came before, 0 for nothing, followed by `bytes`.
    public static func continued(_ sum: UInt32, with bytes: some Sequence<UInt8>) -> UInt32 {
        ~bytes.reduce(~sum) { sum, byte in table[Int((sum ^ UInt32(byte)) & 0xFF)] ^ (sum >> 8) }
    }
}
