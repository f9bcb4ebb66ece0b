/// What a connector, or the whole station, may take at a moment.
public struct ChargingLimit: Sendable, Hashable {
    /// The limit in tenths of its unit.
    public var limit: Tenths
    /// Its unit: A per phase, or W altogether.
    public var unit: ChargingRateUnit
    /// How many phases may be used; nil if no profile says so.
    public var numberPhases: Int?

    init(limit: Tenths, unit: ChargingRateUnit, numberPhases: Int? = nil) {
        self.limit = limit
        self.unit = unit
        self.numberPhases = numberPhases
    }

    /// The same limit in another unit: P = U · I · phases, rounded down to a tenth so that it never grows.
    ///
    /// - Parameters:
    ///   - voltage: between a phase and neutral, in V.
    ///   - phases: how many phases charge, unless the limit itself says.
    public func converted(to unit: ChargingRateUnit, voltage: Int, phases: Int) -> ChargingLimit {
        guard unit != self.unit else { return self }
        let wattsPerAmpere = max(voltage, 1) * min(max(numberPhases ?? phases, 1), 3)
        var copy = self
        copy.unit = unit
        if unit == .watts {
            let (product, overflow) = limit.tenths.multipliedReportingOverflow(by: wattsPerAmpere)
            copy.limit = Tenths(tenths: overflow ? .max : product)
        } else {
            copy.limit = Tenths(tenths: limit.tenths / wattsPerAmpere)
        }
        return copy
    }

    /// The smaller limit, with the fewer phases of both. Both must have the same unit.
    func capped(by other: ChargingLimit?) -> ChargingLimit {
        guard let other else { return self }
        let phases = [numberPhases, other.numberPhases].compactMap { $0 }.min()
        return ChargingLimit(limit: min(limit, other.limit), unit: unit, numberPhases: phases)
    }
}
