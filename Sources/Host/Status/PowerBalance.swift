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
        let used = states.filter(\.isInUse)
        let boxes = used.filter { $0.deviceClass == .wallbox }
        let suns = used.filter(\.isProduction)
        let batteries = used.filter(\.isStorage)
        let grids = used.filter { $0.deviceClass != .wallbox && $0.entry.role == .grid }
        grid_w = Self.sum(grids) { $0 }
        evse_w = Self.sum(boxes) { $0 }
        production_w = Self.sum(suns) { abs($0) }
        storage_w = Self.sum(batteries) { $0 }
        guard let grid_w, Self.isComplete(grids + boxes + suns + batteries) else { return }
        house_w = max(0, grid_w + (production_w ?? 0) - (storage_w ?? 0) - (evse_w ?? 0))
    }

    /// The sum of those that are known; nil when none is.
    private static func sum(_ states: [DeviceState], _ part: (Double) -> Double) -> Double? {
        let known = states.compactMap { $0.number("power")?.double }
        return known.isEmpty ? nil : known.reduce(0) { $0 + part($1) }
    }

    private static func isComplete(_ states: [DeviceState]) -> Bool {
        states.allSatisfy { $0.number("power") != nil }
    }
}

extension DeviceState {
    /// Whether its power is the sun's.
    var isProduction: Bool { deviceClass == .inverter || (deviceClass == .meter && entry.role == .production) }

    /// Whether its power is a battery's.
    var isStorage: Bool { deviceClass == .battery || (deviceClass == .meter && entry.role == .storage) }
}
