import DriverAPI
import ReadPlanning

/// One request cut out of what came in.
struct ServerFrame: Hashable, Sendable {
    /// Echoed in the answer; 0 on RTU.
    var transaction: UInt16
    var unit: UInt8
    var pdu: [UInt8]
    /// When its first byte came.
    var began: MonotonicTime
}

/// What is cut out of a stream of bytes.
enum Framed: Hashable, Sendable {
    case frame(ServerFrame)
    /// Not enough yet.
    case incomplete
    /// What came is no frame, and the place in the stream is lost.
    case garbage
}

/// Cuts Modbus TCP requests out of a stream (Modbus Messaging on TCP/IP V1.0b, 3.1.3).
struct MBAPFramer: Sendable {
    private var bytes: [UInt8] = []
    private var start = 0
    private var began = MonotonicTime.zero

    /// Whether something unfinished is there.
    var isOpen: Bool { start < bytes.count }

    /// Takes bytes in.
    mutating func feed(_ new: UnsafeRawBufferPointer, at now: MonotonicTime) {
        if start == bytes.count {
            bytes.removeAll(keepingCapacity: true)
            start = 0
            began = now
        }
        bytes.append(contentsOf: new)
    }

    /// Cuts the next frame off.
    mutating func next() -> Framed {
        let count = bytes.count - start
        guard count >= 7 else { return .incomplete }
        let length = Int(bytes[start + 4]) << 8 | Int(bytes[start + 5])
        guard bytes[start + 2] == 0, bytes[start + 3] == 0, (2...254).contains(length) else { return .garbage }
        guard count >= 6 + length else { return .incomplete }
        let frame = ServerFrame(
            transaction: UInt16(bytes[start]) << 8 | UInt16(bytes[start + 1]), unit: bytes[start + 6],
            pdu: Array(bytes[start + 7..<start + 6 + length]), began: began)
        start += 6 + length
        if start > 4096 {
            bytes.removeFirst(start)
            start = 0
        }
        return .frame(frame)
    }

    /// An answer with its header.
    static func sealed(_ pdu: [UInt8], unit: UInt8, transaction: UInt16) -> [UInt8] {
        let length = pdu.count + 1
        return [
            UInt8(transaction >> 8), UInt8(transaction & 0xFF), 0, 0, UInt8(length >> 8 & 0xFF), UInt8(length & 0xFF),
            unit,
        ] + pdu
    }
}

/// Cuts RTU requests out of a stream: by their length and checksum, and by silence where that does not do.
struct RTUFramer: Sendable {
    /// The longest frame (Modbus over Serial Line V1.02, 2.5.1).
    private static let longest = 256
    private var bytes: [UInt8] = []
    private var began = MonotonicTime.zero

    /// Whether something unfinished is there, which silence would end.
    var isOpen: Bool { !bytes.isEmpty }

    /// Takes bytes in.
    mutating func feed(_ new: UnsafeRawBufferPointer, at now: MonotonicTime) {
        if bytes.isEmpty { began = now }
        bytes.append(contentsOf: new)
    }

    /// Cuts the next frame off whose length its function tells.
    mutating func next() -> Framed {
        guard let length = expected else { return bytes.count > RTUFramer.longest ? .garbage : .incomplete }
        guard bytes.count >= length else { return .incomplete }
        guard CRC16.isRight(bytes[..<length]) else { return .incomplete }
        return .frame(cut(length))
    }

    /// The line was silent: what is there is one frame, or nothing.
    mutating func silence() -> Framed {
        defer { bytes.removeAll(keepingCapacity: true) }
        guard bytes.count <= RTUFramer.longest, CRC16.isRight(bytes) else { return .garbage }
        return .frame(cut(bytes.count))
    }

    /// Forgets what is there.
    mutating func discard() { bytes.removeAll(keepingCapacity: true) }

    private mutating func cut(_ length: Int) -> ServerFrame {
        let frame = ServerFrame(transaction: 0, unit: bytes[0], pdu: Array(bytes[1..<length - 2]), began: began)
        bytes.removeFirst(length)
        return frame
    }

    /// The length of a request of a known function, as soon as it can be told.
    private var expected: Int? {
        guard bytes.count >= 2 else { return nil }
        switch bytes[1] {
        case 1...6: return 8
        case 15, 16: return bytes.count >= 7 ? 9 + Int(bytes[6]) : nil
        case 22: return 10
        case 23: return bytes.count >= 11 ? 13 + Int(bytes[10]) : nil
        default: return nil
        }
    }
}
