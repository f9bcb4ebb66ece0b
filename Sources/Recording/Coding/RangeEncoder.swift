/// Writes bits in as little room as their likelihood allows: an arithmetic coder with carries (G. N. N. Martin, "Range
/// encoding", 1979), binary, with a range of 32 bits.
struct RangeEncoder: BitCoder {
    static let reads = false
    /// Below this the range is widened by a byte.
    static let bottom: UInt32 = 1 << 24

    var isExhausted: Bool { false }

    private var bytes: [UInt8] = []
    private var low: UInt64 = 0
    private var range: UInt32 = .max
    /// Bytes that a carry may still change: one, and 0xFF after it.
    private var pending: (byte: UInt8, count: Int) = (0, 1)

    mutating func bit(_ given: Bool, _ probability: inout Probability) -> Bool {
        let bound = (range >> Probability.digits) * UInt32(probability.ofZero)
        if given {
            low += UInt64(bound)
            range -= bound
        } else {
            range = bound
        }
        probability.learn(given)
        widen()
        return given
    }

    mutating func plain(_ given: UInt64, count: Int) -> UInt64 {
        for place in stride(from: count - 1, through: 0, by: -1) {
            range >>= 1
            if given >> UInt64(place) & 1 == 1 { low += UInt64(range) }
            widen()
        }
        return given
    }

    /// The bytes written, without the zeros that ending adds: the reader goes on with zeros.
    consuming func finish() -> [UInt8] {
        // Of all numbers in the range, the one that ends with the most zeros.
        let end = low + UInt64(range) - 1
        for zeros in stride(from: 31, through: 0, by: -1) {
            let rounded = (end >> UInt64(zeros)) << UInt64(zeros)
            if rounded >= low {
                low = rounded
                break
            }
        }
        for _ in 0..<5 { shift() }
        for _ in 0..<5 where bytes.count > 1 && bytes.last == 0 { bytes.removeLast() }
        // The first byte is always 0: no carry goes beyond the range at the start.
        return Array(bytes.dropFirst())
    }

    private mutating func widen() {
        while range < Self.bottom {
            range <<= 8
            shift()
        }
    }

    private mutating func shift() {
        if low < 0xFF00_0000 || low > 0xFFFF_FFFF {
            let carry = UInt8(truncatingIfNeeded: low >> 32)
            bytes.append(pending.byte &+ carry)
            for _ in 1..<pending.count { bytes.append(0xFF &+ carry) }
            pending = (UInt8(truncatingIfNeeded: low >> 24), 0)
        }
        pending.count += 1
        low = (low & 0x00FF_FFFF) << 8
    }
}
