import Licensing

@testable import ProfileTrust

/// A vendor of indexes for the tests.
enum Signer {
    static let key = key(1)
    static let keys = [MinisignKey(key.publicKey)]

    static func key(_ seed: UInt8) -> SigningKey {
        guard let key = SigningKey(seed: [UInt8](repeating: seed, count: 32)) else { fatalError("32 bytes are a seed") }
        return key
    }

    /// Noon of 2026-11-21 and of the days after, in seconds since 1970.
    static func noon(_ days: Int = 0) -> Int64 { 1_795_262_400 + Int64(days) * 86_400 }

    static let today = Day(seconds: noon())

    /// A digest that is easily told from others.
    static func hash(_ digit: Character) -> String { String(repeating: digit, count: 64) }

    static func index(_ serial: Int = 1, _ entries: IndexEntry...) -> ProfileIndex {
        ProfileIndex(serial: serial, issued: today, entries: entries)
    }

    static func entry(
        _ id: String = "acme.one", _ version: String = "1.0.0", hash digit: Character = "a",
        trust: [Capability: TrustLevel] = [.reading: .recorded, .limit: .recorded], withdrawn: String? = nil
    ) -> IndexEntry {
        IndexEntry(
            id: id, version: version, hash: hash(digit), file: "\(id).yaml", trust: trust, withdrawn: withdrawn)
    }

    static func book(
        _ sources: [TrustSource], memory: TrustMemory = TrustMemory(), inUse: Set<String> = [hash("a")], day: Int = 0
    ) -> TrustBook {
        TrustBook(sources, memory: memory, inUse: inUse, now: noon(day))
    }
}

/// SplitMix64 (Steele, Lea and Flood 2014).
struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
