/// Reads what ``RangeEncoder`` wrote.
struct RangeDecoder: BitCoder {
    static let reads = true

    private let bytes: ArraySlice<UInt8>
    private var place: Int
    private var range: UInt32 = .max
    private var code: UInt32 = 0

    /// Reads `bytes`, and zeros behind them.
    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        place = bytes.startIndex
        for _ in 0..<4 { code = code << 8 | next() }
    }

    /// Four bytes are read ahead, and five at most were left out at the end.
    var isExhausted: Bool { place > bytes.endIndex + 8 }

    mutating func bit(_ given: Bool, _ probability: inout Probability) -> Bool {
        let bound = (range >> Probability.digits) * UInt32(probability.ofZero)
        let bit = code >= bound
        if bit {
            code -= bound
            range -= bound
        } else {
            range = bound
        }
        probability.learn(bit)
        widen()
        return bit
    }

    mutating func plain(_ given: UInt64, count: Int) -> UInt64 {
        var value: UInt64 = 0
        for _ in 0..<count {
            range >>= 1
            let bit = code >= range
            if bit { code -= range }
            value = value << 1 | (bit ? 1 : 0)
            widen()
        }
        return value
    }

    private mutating func widen() {
        while range < RangeEncoder.bottom {
            range <<= 8
            code = code << 8 | next()
        }
    }

    private mutating func next() -> UInt32 {
        defer { place += 1 }
        return place < bytes.endIndex ? UInt32(bytes[place]) : 0
    }
}
