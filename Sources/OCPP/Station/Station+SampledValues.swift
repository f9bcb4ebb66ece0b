extension Station {
    /// The values of measurands as they are sent; what the box does not measure is left out.
    func sampled(
        _ selections: [MeasurandSelection], _ state: ConnectorState, _ reading: BoxReading, energy: Int?,
        interval: Int? = nil, _ context: ReadingContext
    ) -> [SampledValue] {
        selections.flatMap { selection -> [SampledValue] in
            if selection.measurand == .energyActiveImportRegister, selection.phase == nil {
                guard let energy, state.equipment?.hasMeter == true else { return [] }
                return [value(String(energy), selection.measurand, nil, .wattHours, context)]
            }
            let measured = reading.values.filter {
                $0.measurand == selection.measurand && Station.matches($0.phase, selection.phase)
            }
            var values = measured.isEmpty ? offered(selection, state, reading) : measured
            if let interval, values.isEmpty, state.equipment?.hasMeter == true,
                selection == MeasurandSelection(.energyActiveImportInterval)
            {
                values = [MeasuredValue(.energyActiveImportInterval, Double(interval), .wattHours)]
            }
            return values.compactMap { one in
                Station.decimal(one.value).map { value($0, one.measurand, one.phase, one.unit, context) }
            }
        }
    }

    private func value(
        _ text: String, _ measurand: Measurand, _ phase: Phase?, _ unit: UnitOfMeasure, _ context: ReadingContext
    ) -> SampledValue {
        SampledValue(value: text, context: context, measurand: measurand, phase: phase, unit: unit)
    }

    /// A voltage of L1 is measured between L1 and N.
    private static func matches(_ measured: Phase?, _ asked: Phase?) -> Bool {
        guard let asked else { return true }
        if measured == asked { return true }
        let pairs: [Phase: Phase] = [.l1: .l1ToNeutral, .l2: .l2ToNeutral, .l3: .l3ToNeutral]
        return measured.map { pairs[$0] == asked || pairs[asked] == $0 } ?? false
    }

    /// Current.Offered and Power.Offered, which the host knows itself.
    private func offered(
        _ selection: MeasurandSelection, _ state: ConnectorState, _ reading: BoxReading
    ) -> [MeasuredValue] {
        guard selection.phase == nil, let output = state.output else { return [] }
        let current = output.mayCharge ? min(reading.offered ?? output.current, output.current).double : 0
        let phases = min(output.phases ?? state.connector.phases, state.connector.phases)
        switch selection.measurand {
        case .currentOffered: return [MeasuredValue(.currentOffered, current, .amperes)]
        case .powerOffered:
            return [MeasuredValue(.powerOffered, current * Double(configuration.voltage * phases), .watts)]
        default: return []
        }
    }

    /// A number in decimal digits, rounded to thousandths; nil for one that is none or beyond ±10¹².
    static func decimal(_ value: Double) -> String? {
        guard value.isFinite, abs(value) < 1e12 else { return nil }
        let thousandths = Int((value * 1000).rounded())
        let whole = thousandths.magnitude / 1000
        var digits = String(thousandths.magnitude % 1000 + 1000).dropFirst()
        while digits.last == "0" { digits = digits.dropLast() }
        let sign = thousandths < 0 ? "-" : ""
        return digits.isEmpty ? "\(sign)\(whole)" : "\(sign)\(whole).\(digits)"
    }
}
