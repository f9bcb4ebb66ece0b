/// Numbers that look random and are the same for the same inputs.
enum Seed {
    /// One number of a seed and two counters (SplitMix64's mixing).
    static func value(_ seed: UInt64, _ a: UInt64, _ b: UInt64) -> UInt64 {
        var x = seed &* 0x9E37_79B9_7F4A_7C15 &+ a &* 0xBF58_476D_1CE4_E5B9 &+ b &* 0x94D0_49BB_1331_11EB
        x = (x ^ (x >> 30)) &* 0xBF58_476D_1CE4_E5B9
        x = (x ^ (x >> 27)) &* 0x94D0_49BB_1331_11EB
        return x ^ (x >> 31)
    }
}
