/// What a unit measures; values convert inside one dimension only.
public enum Dimension: String, Codable, Sendable, CaseIterable {
    /// A.
    case current
    /// V.
    case voltage
    /// W.
    case power
    /// var.
    case reactivePower
    /// VA.
    case apparentPower
    /// Wh.
    case energy
    /// varh.
    case reactiveEnergy
    /// VAh.
    case apparentEnergy
    /// Hz.
    case frequency
    /// degC.
    case temperature
    /// K.
    case temperatureDifference
    /// %.
    case ratio
    /// s.
    case time
    /// 1.
    case number
}
