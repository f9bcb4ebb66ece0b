import DriverAPI
import OCPP

/// Turns the meter values of a connector into points of a wallbox.
struct ConnectorMeter: Sendable {
    /// The values of one message: the newest of each point.
    private(set) var values: [String: (value: Exact, unit: Unit)] = [:]

    /// Reads samples; those of another place than the outlet, and signed ones, say nothing here.
    init(_ meterValues: [MeterValue], phases: Int) {
        for meterValue in meterValues.sorted(by: { $0.timestamp < $1.timestamp }) {
            var sums: [String: Exact] = [:]
            for sample in meterValue.sampledValue { take(sample, phases, &sums) }
            if meterValue.sampledValue.allSatisfy({ $0.measurand != .powerActiveImport || $0.phase != nil }),
                let sum = sums["power"]
            {
                values["power"] = (sum, .W)
            }
        }
    }

    private mutating func take(_ sample: SampledValue, _ phases: Int, _ sums: inout [String: Exact]) {
        let measurand = sample.measurand ?? .energyActiveImportRegister
        let isHere = sample.location == nil || sample.location == .outlet || measurand == .stateOfCharge
        guard isHere, sample.format != .signedData, let value = Self.number(sample, measurand) else { return }
        let lane = sample.phase.flatMap { Self.lanes[$0] }
        switch measurand {
        case .energyActiveImportRegister where sample.phase == nil: values["energy_total"] = (value, .Wh)
        case .powerActiveImport:
            if let lane {
                values["power." + lane] = (value, .W)
                sums["power", default: 0] = sums["power", default: 0].adding(value) ?? value
            } else if sample.phase == nil {
                values["power"] = (value, .W)
            }
        case .currentImport:
            if let lane {
                values["current." + lane] = (value, .A)
            } else if sample.phase == nil {
                // One value for all phases: none of them draws more.
                for lane in ["l1", "l2", "l3"].prefix(phases) { values["current." + lane] = (value, .A) }
            }
        case .voltage: if let lane { values["voltage." + lane] = (value, .V) }
        case .currentOffered: values["current_offered"] = (max(values["current_offered"]?.value ?? 0, value), .A)
        case .stateOfCharge: values["vehicle_soc"] = (value, .percent)
        default: break
        }
    }

    private static let lanes: [Phase: String] = [
        .l1: "l1", .l2: "l2", .l3: "l3", .l1ToNeutral: "l1", .l2ToNeutral: "l2", .l3ToNeutral: "l3",
    ]

    /// The value in the canonical unit; nil for text that is no number and for a unit that does not fit.
    private static func number(_ sample: SampledValue, _ measurand: Measurand) -> Exact? {
        let text = sample.value.filter { !$0.isWhitespace }
        guard let number = Exact(text: text) ?? Double(text).flatMap({ Exact(shortest: $0) }) else { return nil }
        switch (measurand, sample.unit) {
        case (.energyActiveImportRegister, nil), (.energyActiveImportRegister, .wattHours),
            (.powerActiveImport, nil), (.powerActiveImport, .watts), (.currentImport, nil), (.currentImport, .amperes),
            (.currentOffered, nil), (.currentOffered, .amperes), (.voltage, nil), (.voltage, .volts),
            (.stateOfCharge, nil), (.stateOfCharge, .percent):
            return number
        case (.energyActiveImportRegister, .kilowattHours), (.powerActiveImport, .kilowatts):
            return number.multiplied(by: 1000)
        default: return nil
        }
    }
}
