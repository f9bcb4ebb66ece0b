import DriverAPI
import LoadManagement

/// What a person chose for the car at a box; it holds until the car is unplugged.
public struct ChargingChoice: Hashable, Codable, Sendable {
    /// What the car is to have by a time.
    public struct Goal: Hashable, Codable, Sendable {
        /// How much it is to be charged, in Wh; nil where a state of charge is meant.
        public var energy_wh: Double?
        /// The state of charge it is to reach, in %.
        public var soc: Double?
        /// The capacity of its battery, in Wh; goes with `soc`.
        public var capacity_wh: Double?
        /// By when, in seconds since 1970.
        public var by: Double

        /// Makes a goal.
        public init(energy_wh: Double? = nil, soc: Double? = nil, capacity_wh: Double? = nil, by: Double) {
            self.energy_wh = energy_wh
            self.soc = soc
            self.capacity_wh = capacity_wh
            self.by = by
        }
    }

    /// How the box charges.
    public var mode: BoxMode
    /// What the car is to have; goes with the mode `target`.
    public var goal: Goal?

    /// Makes a choice.
    public init(mode: BoxMode, goal: Goal? = nil) {
        self.mode = mode
        self.goal = goal
    }

    /// What is wrong with it, for people; nil if nothing is. `socIsKnown` says whether the box tells it.
    public func problem(socIsKnown: Bool) -> String? {
        guard mode == .target else { return goal == nil ? nil : "an amount by a time goes with the mode target only" }
        guard let goal else {
            return "the mode target needs an energy, or a state of charge with a capacity, and a time"
        }
        guard goal.by.isFinite else { return "the time cannot be read" }
        if let energy = goal.energy_wh {
            return goal.soc == nil && (1...1_000_000).contains(energy)
                ? nil : "give an energy of 1 Wh to 1 MWh, or a state of charge, not both"
        }
        guard let soc = goal.soc, let capacity = goal.capacity_wh, (1...100).contains(soc),
            (1000...1_000_000).contains(capacity)
        else { return "a state of charge of 1 to 100 % needs the capacity of the car's battery, 1 kWh to 1 MWh" }
        return socIsKnown ? nil : "the box does not tell the car's state of charge; give an energy instead"
    }
}
