import DriverAPI

/// Where the site's active power comes from and goes to, in W; nil where nothing measures it.
public struct PowerBalance: Codable, Sendable, Hashable {
    /// At the grid meter; positive when imported.
    public var grid_w: Double?
    /// Into the boxes that measure it.
    public var evse_w: Double?
    /// From the sun: inverters and production meters; not negative.
    public var production_w: Double?
    /// Into batteries; negative while they discharge.
    public var storage_w: Double?
    /// Into everything else; nil unless all the others that the site has are known.
    public var house_w: Double?

    /// Nothing is known.
    public init() {}
}

extension PowerBalance {
    /// The balance of what `states` say.
    ///
    /// An inverter's output is negative by the sign rule (positive flows into the device); a production meter counts by
    /// its size, for it may be wired either way.
    init(_ states: [DeviceState]) {
        var (grids, boxes, suns, batteries) = (PowerSum(), PowerSum(), PowerSum(), PowerSum())
        // By their places: a state is large, and hundreds of them are none of these.
        for place in states.indices where states[place].isInUse {
            if states[place].deviceClass == .wallbox {
                boxes.add(states[place]) { $0 }
            } else if states[place].entry.role == .grid {
                grids.add(states[place]) { $0 }
            }
            if states[place].isProduction { suns.add(states[place]) { abs($0) } }
            if states[place].isStorage { batteries.add(states[place]) { $0 } }
        }
        grid_w = grids.known
        evse_w = boxes.known
        production_w = suns.known
        storage_w = batteries.known
        guard let grid_w, [grids, boxes, suns, batteries].allSatisfy(\.isComplete) else { return }
        house_w = max(0, grid_w + (production_w ?? 0) - (storage_w ?? 0) - (evse_w ?? 0))
    }
}

/// The power of some devices together.
private struct PowerSum {
    /// The sum of those that are known; nil when none is.
    private(set) var known: Double?
    /// Whether all are known.
    private(set) var isComplete = true

    mutating func add(_ state: DeviceState, _ part: (Double) -> Double) {
        if let power = state.number("power")?.double {
            known = (known ?? 0) + part(power)
        } else {
            isComplete = false
        }
    }
}

extension DeviceState {
    /// Whether its power is the sun's.
    var isProduction: Bool { deviceClass == .inverter || (deviceClass == .meter && entry.role == .production) }

    /// Whether its power is a battery's.
    var isStorage: Bool { deviceClass == .battery || (deviceClass == .meter && entry.role == .storage) }
}
