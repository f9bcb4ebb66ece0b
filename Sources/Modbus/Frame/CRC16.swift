/// The checksum of RTU frames (Modbus over Serial Line V1.02, 6.2.2): polynomial 0xA001, start 0xFFFF.
enum CRC16 {
    /// The checksum; the low byte goes out first.
    static func of(_ bytes: some Sequence<UInt8>) -> UInt16 {
        var crc: UInt16 = 0xFFFF
        for byte in bytes { crc = crc >> 8 ^ table[Int(UInt8(truncatingIfNeeded: crc) ^ byte)] }
        return crc
    }

    /// The frame with its checksum behind it.
    static func sealed(_ bytes: [UInt8]) -> [UInt8] {
        let crc = of(bytes)
        return bytes + [UInt8(truncatingIfNeeded: crc), UInt8(truncatingIfNeeded: crc >> 8)]
    }

    /// Whether the last two bytes are the checksum of those before.
    static func isRight(_ frame: some RandomAccessCollection<UInt8>) -> Bool {
        frame.count >= 4 && of(frame) == 0
    }

    private static let table: [UInt16] = (0..<256).map { start in
        var value = UInt16(start)
        for _ in 0..<8 { value = value & 1 == 1 ? value >> 1 ^ 0xA001 : value >> 1 }
        return value
    }
}
