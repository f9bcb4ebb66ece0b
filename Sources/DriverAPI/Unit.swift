/// A unit a value can carry, as profiles and the API write it.
public enum Unit: String, Codable, Sendable, CaseIterable, Hashable {
    case A, mA, V, mV, kV, W, kW, MW
    case `var`, kvar, VA, kVA, Wh, kWh, MWh, Ws, varh, kvarh, VAh, kVAh
    case Hz, mHz, degC, K
    case percent = "%"
    case permille, s, ms, min, h, day
    case one = "1"

    /// What it measures.
    public var dimension: Dimension {
        switch self {
        case .A, .mA: .current
        case .V, .mV, .kV: .voltage
        case .W, .kW, .MW: .power
        case .var, .kvar: .reactivePower
        case .VA, .kVA: .apparentPower
        case .Wh, .kWh, .MWh, .Ws: .energy
        case .varh, .kvarh: .reactiveEnergy
        case .VAh, .kVAh: .apparentEnergy
        case .Hz, .mHz: .frequency
        case .degC: .temperature
        case .K: .temperatureDifference
        case .percent, .permille: .ratio
        case .s, .ms, .min, .h, .day: .time
        case .one: .number
        }
    }

    /// How many canonical units one of these is; exact.
    public var factor: Exact {
        switch self {
        case .mA, .mV, .mHz, .ms: Exact(unchecked: 1, 1000)
        case .permille: Exact(unchecked: 1, 10)
        case .kV, .kW, .kvar, .kVA, .kWh, .kvarh, .kVAh: 1000
        case .MW, .MWh: 1_000_000
        case .Ws: Exact(unchecked: 1, 3600)
        case .min: 60
        case .h: 3600
        case .day: 86400
        default: 1
        }
    }

    /// The unit values of this dimension are kept in.
    public var canonical: Unit { dimension.canonicalUnit }
}

extension Dimension {
    /// The unit values of this dimension are kept in.
    public var canonicalUnit: Unit {
        switch self {
        case .current: .A
        case .voltage: .V
        case .power: .W
        case .reactivePower: .var
        case .apparentPower: .VA
        case .energy: .Wh
        case .reactiveEnergy: .varh
        case .apparentEnergy: .VAh
        case .frequency: .Hz
        case .temperature: .degC
        case .temperatureDifference: .K
        case .ratio: .percent
        case .time: .s
        case .number: .one
        }
    }
}
