import TestTools

/// Bytes that are almost requests.
struct FuzzSource {
    var generator: SeededGenerator

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    /// Up to four frames: right ones, some with something wrong, and noise.
    mutating func bytes() -> [UInt8] {
        (0..<Int.random(in: 1...4, using: &generator)).reduce(into: []) { all, _ in all += frame() }
    }

    /// A number below `count`.
    mutating func choose(_ count: Int) -> Int { Int.random(in: 0..<count, using: &generator) }

    /// A right request of Modbus TCP for registers of unit 1.
    mutating func request() -> [UInt8] {
        [noise(), noise(), 0, 0, 0, 6, 1, 3, 0, noise(), 0, UInt8(1 + choose(100))]
    }

    private mutating func frame() -> [UInt8] {
        switch choose(4) {
        case 0: return request()
        case 1:
            var frame = request()
            frame[choose(frame.count)] = noise()
            return frame
        case 2: return (0..<choose(300)).reduce(into: []) { bytes, _ in bytes.append(noise()) }
        default:
            let pdu = (0...choose(260)).reduce(into: [UInt8]()) { bytes, _ in bytes.append(noise()) }
            let length = choose(2) == 0 ? pdu.count + 1 : choose(65536)
            let frame = [noise(), noise(), 0, 0, UInt8(length >> 8), UInt8(length & 0xFF), 1] + pdu
            return choose(3) == 0 ? Array(frame.prefix(choose(frame.count))) : frame
        }
    }

    private mutating func noise() -> UInt8 { UInt8.random(in: 0...255, using: &generator) }
}
