/// Writes frames (RFC 6455, 5.1 and 5.2): those of a server as they are, those of a client `masked`.
enum FrameWriter {
    static func frame(_ opcode: FrameOpcode, _ payload: [UInt8]) -> [UInt8] {
        var frame: [UInt8] = []
        frame.reserveCapacity(payload.count + 10)
        frame.append(0x80 | opcode.rawValue)
        switch payload.count {
        case 0...125: frame.append(UInt8(payload.count))
        case 126...0xFFFF:
            frame.append(126)
            append(UInt64(payload.count), bytes: 2, to: &frame)
        default:
            frame.append(127)
            append(UInt64(payload.count), bytes: 8, to: &frame)
        }
        frame.append(contentsOf: payload)
        return frame
    }

    /// A close frame; the reason is cut to 123 bytes at a character (RFC 6455, 5.5).
    static func close(_ code: UInt16, _ reason: String) -> [UInt8] {
        var text = Substring(reason)
        while text.utf8.count > 123 { text.removeLast() }
        return frame(.close, [UInt8(code >> 8), UInt8(code & 0xFF)] + Array(text.utf8))
    }

    /// A frame of this type with a mask of its own (RFC 6455, 5.3), which is random so that nobody can choose what is on
    /// the wire.
    static func masked(_ frame: [UInt8], key: UInt32 = .random(in: 0...UInt32.max)) -> [UInt8] {
        let length = frame[1] == 127 ? 10 : frame[1] == 126 ? 4 : 2
        let mask = (0..<4).map { UInt8(truncatingIfNeeded: key >> (24 - 8 * UInt32($0))) }
        return [UInt8](unsafeUninitializedCapacity: frame.count + 4) { buffer, filled in
            for place in 0..<length { buffer[place] = frame[place] }
            buffer[1] |= 0x80
            for place in 0..<4 { buffer[length + place] = mask[place] }
            for place in length..<frame.count { buffer[place + 4] = frame[place] ^ mask[(place - length) & 3] }
            filled = frame.count + 4
        }
    }

    private static func append(_ value: UInt64, bytes: Int, to frame: inout [UInt8]) {
        for place in (0..<bytes).reversed() { frame.append(UInt8(truncatingIfNeeded: value >> (8 * UInt64(place)))) }
    }
}
