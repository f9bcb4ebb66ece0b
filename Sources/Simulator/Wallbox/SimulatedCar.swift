import DriverAPI

/// A car at a box: what it takes of what the pilot offers.
///
/// It draws with cos φ = 1 at 230 V. It follows the pilot within 5 s (IEC 61851-1, Table A.6), here along a straight
/// line in ``response``.
public struct SimulatedCar: Hashable, Sendable {
    /// The most its charger takes, in mA per phase.
    public var maximum: Int
    /// How many phases its charger has, 1 to 3.
    public var phases: Int
    /// The least it charges with, in mA; 6 A by IEC 61851-1.
    public var minimum: Int
    /// Whether it wants energy now.
    public var wantsEnergy: Bool
    /// What it wants in all, in Wh; nil: without end.
    public var wanted: Exact?
    /// How long it takes to follow a new offer, at most 5 s.
    public var response: Duration

    /// Makes a car; without arguments 16 A on three phases that charges without end.
    public init(
        maximum: Int = 16_000, phases: Int = 3, minimum: Int = 6000, wantsEnergy: Bool = true, wanted: Exact? = nil,
        response: Duration = .seconds(3)
    ) {
        self.maximum = maximum
        self.phases = min(3, max(1, phases))
        self.minimum = minimum
        self.wantsEnergy = wantsEnergy
        self.wanted = wanted
        self.response = min(max(response, .zero), .seconds(5))
    }

    /// The current it goes for when `offered` mA are signalled.
    func target(offered: Int) -> Int { wantsEnergy && offered >= minimum ? min(offered, maximum) : 0 }
}
