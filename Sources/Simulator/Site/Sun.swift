/// What a PV plant gives over a day: a sine from 6 to 18 o'clock, less the clouds, which come and go with a seed.
public struct Sun: Hashable, Sendable {
    /// The plant's power at noon without clouds, in W; 0 for none.
    public var peak: Int
    /// What makes two skies differ.
    public var seed: UInt64
    /// The most that clouds take away, in per cent.
    public var clouds: Int

    /// Makes a plant.
    public init(peak: Int = 0, seed: UInt64 = 1, clouds: Int = 50) {
        self.peak = peak
        self.seed = seed
        self.clouds = min(100, max(0, clouds))
    }

    /// The power in W, `second` seconds after midnight of the first day.
    public func power(second: Double) -> Int {
        let hour = (second / 3600).truncatingRemainder(dividingBy: 24)
        guard peak > 0, hour > 6, hour < 18 else { return 0 }
        let height = Sun.arch((hour - 6) / 12)
        return Int(Double(peak) * height * (1 - shade(second) * Double(clouds) / 100))
    }

    /// 0 to 1, moving evenly from one value to the next in 5 minutes.
    private func shade(_ second: Double) -> Double {
        let place = max(0, second) / 300
        let step = place.rounded(.down)
        let (from, to) = (noise(UInt64(step)), noise(UInt64(step) + 1))
        return from + (to - from) * (place - step)
    }

    private func noise(_ step: UInt64) -> Double { Double(Seed.value(seed, 9, step) % 1000) / 999 }

    /// A half sine over 0 to 1, by Bhaskara's formula (within 0.2 %).
    private static func arch(_ x: Double) -> Double {
        let product = x * (1 - x)
        return 16 * product / (5 - 4 * product)
    }
}
