/// What the rest of a house draws over a day: the same for the same seed, every time.
///
/// Each phase has a base load, a hump in the morning and one in the evening, and appliances that run for a quarter of an
/// hour or more now and then.
public struct HouseProfile: Hashable, Sendable {
    /// What makes two houses differ.
    public var seed: UInt64
    /// W per phase that is always drawn.
    public var base: Int
    /// W per phase at the top of the evening hump.
    public var hump: Int
    /// W of an appliance.
    public var appliance: Int

    /// Makes a house; without arguments that of a family.
    public init(seed: UInt64 = 1, base: Int = 120, hump: Int = 600, appliance: Int = 2000) {
        self.seed = seed
        self.base = base
        self.hump = hump
        self.appliance = appliance
    }

    /// No load at all.
    public static let none = HouseProfile(base: 0, hump: 0, appliance: 0)

    /// The power of a phase 0 to 2 in W, `second` seconds after midnight of the first day.
    public func power(phase: Int, second: Double) -> Int {
        let hour = (second / 3600).truncatingRemainder(dividingBy: 24)
        let shape = 0.6 * HouseProfile.hump(hour, at: 7.5, width: 1.2) + HouseProfile.hump(hour, at: 19, width: 2.2)
        let noise = Double(Seed.value(seed, UInt64(phase), UInt64(max(0, second) / 30)) % 60)
        let slot = UInt64(max(0, second) / 900)
        let odds: UInt64 = (6...23).contains(Int(hour)) ? 6 : 40
        let runs = Seed.value(seed &+ 77, UInt64(phase), slot) % odds == 0
        return base + Int(Double(hump) * shape) + (base > 0 ? Int(noise) : 0) + (runs ? appliance : 0)
    }

    /// A hump of height 1 that falls to 0 at `width` hours on both sides.
    private static func hump(_ hour: Double, at centre: Double, width: Double) -> Double {
        let away = min(1, (hour - centre).magnitude / width)
        return (1 - away * away) * (1 - away * away)
    }
}
