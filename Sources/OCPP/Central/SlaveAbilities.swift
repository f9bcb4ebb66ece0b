/// What a slave says of itself in its configuration (GetConfiguration). Keys are compared without case.
public struct SlaveAbilities: Equatable, Sendable {
    /// Its keys as it showed them, by their names in lower case; empty when it did not answer.
    public private(set) var keys: [String: KeyValue]

    /// What these keys say.
    public init(_ keys: [KeyValue] = []) {
        self.keys = Dictionary(keys.map { ($0.key.lowercased(), $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The value of a key; nil if it has none or was not shown.
    public func value(_ key: String) -> String? { keys[key.lowercased()]?.value }

    /// Whether a key was shown that may be changed.
    public func isWritable(_ key: String) -> Bool { keys[key.lowercased()].map { !$0.readonly } ?? false }

    /// How many connectors it has; nil if it does not say.
    public var connectors: Int? { number("NumberOfConnectors") }

    /// Whether it knows a feature profile (`SmartCharging`, `RemoteTrigger`…); true when it does not say which it knows.
    public func has(_ profile: String) -> Bool {
        guard let list = value("SupportedFeatureProfiles") else { return true }
        return words(list).contains(profile.lowercased())
    }

    /// The unit its limits are given in: amperes, unless it only takes watts. The value is `Current` or `Power` by the
    /// standard, `A` or `W` in the field.
    public var rateUnit: ChargingRateUnit {
        let units = words(value("ChargingScheduleAllowedChargingRateUnit") ?? "")
        return units.contains("current") || units.contains("a") || units.isDisjoint(with: ["power", "w"])
            ? .amperes : .watts
    }

    /// The highest stack level it takes; 0 when it does not say.
    public var maximumStackLevel: Int { max(0, number("ChargeProfileMaxStackLevel") ?? 0) }

    /// How many periods a schedule may have; 2 when it does not say.
    public var maximumPeriods: Int { number("ChargingScheduleMaxPeriods") ?? 2 }

    /// How many measurands it takes at once; nil if it does not say.
    public var maximumMeasurands: Int? { number("MeterValuesSampledDataMaxLength") }

    private func number(_ key: String) -> Int? { value(key).flatMap { Int($0.filter { !$0.isWhitespace }) } }

    private func words(_ list: String) -> Set<String> {
        Set(list.lowercased().split(separator: ",").map { $0.filter { !$0.isWhitespace } })
    }
}
