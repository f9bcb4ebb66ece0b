extension Station {
    /// Takes a sample of a transaction if it is due (key MeterValueSampleInterval).
    mutating func takeSample(_ number: Int) {
        guard case .charging(var transaction)? = connectors[number]?.phase,
            let interval = sampleInterval, time.elapsed >= transaction.lastSample + interval
        else { return }
        let passed = (time.elapsed - transaction.lastSample) / interval
        transaction.lastSample += interval * Int(passed)
        send(number, &transaction, measured("MeterValuesSampledData", number, .samplePeriodic, at: now))
        if let value = measured("StopTxnSampledData", number, .samplePeriodic, at: now) { transaction.keep(value) }
        transaction.sampledEnergy = transaction.open.meterLast
        connectors[number]?.phase = .charging(transaction)
    }

    var sampleInterval: Duration? {
        guard let seconds = keys.integer("MeterValueSampleInterval"), seconds > 0 else { return nil }
        return .seconds(seconds)
    }

    /// Takes the meter values of the clock from all boxes if they are due (key ClockAlignedDataInterval).
    mutating func takeAlignedValues() {
        guard let interval = keys.integer("ClockAlignedDataInterval"), interval > 0 else {
            jobs.nextAligned = nil
            return
        }
        guard let due = jobs.nextAligned else {
            jobs.nextAligned = Station.aligned(after: now, interval)
            return
        }
        guard due <= now else { return }
        jobs.nextAligned = Station.aligned(after: now, interval)
        let moment = Station.aligned(before: now, interval)
        for number in numbers where connectors[number]?.equipment != nil { takeAlignedValues(number, moment) }
    }

    private mutating func takeAlignedValues(_ number: Int, _ moment: Timestamp) {
        let value = measured("MeterValuesAlignedData", number, .sampleClock, at: moment)
        guard case .charging(var transaction)? = connectors[number]?.phase else {
            if let value { sendOutside(number, value) }
            return
        }
        send(number, &transaction, value)
        if let value = measured("StopTxnAlignedData", number, .sampleClock, at: moment) { transaction.keep(value) }
        transaction.alignedEnergy = transaction.open.meterLast
        connectors[number]?.phase = .charging(transaction)
    }

    /// The last full multiple of the interval since midnight UTC.
    static func aligned(before now: Timestamp, _ interval: Int) -> Timestamp {
        let midnight = now.seconds - (now.seconds % 86_400 + 86_400) % 86_400
        return Timestamp(seconds: midnight + (now.seconds - midnight) / interval * interval)
    }

    /// The next full multiple of the interval since midnight UTC; midnight itself is one.
    static func aligned(after now: Timestamp, _ interval: Int) -> Timestamp {
        let midnight = now.seconds - (now.seconds % 86_400 + 86_400) % 86_400
        let next = aligned(before: now, interval).seconds + interval
        return Timestamp(seconds: min(next, midnight + 86_400))
    }

    /// Sends what was measured because the backend asked for it; false if nothing can be measured.
    mutating func sendTriggered(_ number: Int) -> Bool {
        guard let value = measured("MeterValuesSampledData", number, .trigger, at: now) else { return false }
        if case .charging(var transaction)? = connectors[number]?.phase {
            send(number, &transaction, value)
            connectors[number]?.phase = .charging(transaction)
        } else {
            call(
                MeterValuesRequest(connectorId: number, meterValue: [value]), lane: .urgent, passesGate: true)
        }
        return true
    }

    /// Puts meter values of a transaction into the queue.
    private mutating func send(_ number: Int, _ transaction: inout BoxTransaction, _ value: MeterValue?) {
        guard let value else { return }
        let request = MeterValuesRequest(
            connectorId: number, transactionId: transaction.open.id, meterValue: [value])
        let hasEnergy = value.sampledValue.contains { $0.measurand == .energyActiveImportRegister && $0.phase == nil }
        _ = append(.meterValues(request, energy: hasEnergy ? transaction.open.meterLast : nil), number)
        if hasEnergy { transaction.storedAt = time.elapsed }
    }

    /// Sends meter values that belong to no transaction; while the backend is away nobody misses them.
    private mutating func sendOutside(_ number: Int, _ value: MeterValue) {
        guard link.isOnline, isReported(number) else { return }
        call(MeterValuesRequest(connectorId: number, meterValue: [value]))
    }

    /// Keeps the first or the last value of a transaction for its StopTransaction.
    mutating func keepEnd(
        _ transaction: inout BoxTransaction, _ context: ReadingContext, _ energy: Int, at moment: Timestamp
    ) {
        let selections = MeasurandSelection.list(keys.value("StopTxnSampledData") ?? "")
        guard let state = connectors[transaction.open.connector], !selections.isEmpty else { return }
        // At the end of an interrupted transaction only the register is known; all else is of another moment.
        let isPast = moment.advanced(bySeconds: 10) < now
        let known = isPast ? BoxReading(pilot: nil) : state.reading ?? BoxReading(pilot: nil)
        let values = sampled(selections, state, known, energy: energy, context)
        if !values.isEmpty { transaction.keep(MeterValue(timestamp: moment, sampledValue: values)) }
    }

    /// What the measurands of a key are now; nil if none is known.
    private func measured(
        _ key: String, _ number: Int, _ context: ReadingContext, at moment: Timestamp
    ) -> MeterValue? {
        let selections = MeasurandSelection.list(keys.value(key) ?? "")
        guard let state = connectors[number], state.lost == nil, let reading = state.reading else { return nil }
        var energy = reading.energy
        // A box whose meter has gone back, or that could not be read, has the last good value of its transaction.
        var interval: Int?
        if case .charging(let transaction) = state.phase {
            energy = transaction.open.meterLast
            if context == .samplePeriodic { interval = transaction.open.meterLast - transaction.sampledEnergy }
            if context == .sampleClock { interval = transaction.open.meterLast - transaction.alignedEnergy }
        }
        let values = sampled(selections, state, reading, energy: energy, interval: interval, context)
        return values.isEmpty ? nil : MeterValue(timestamp: moment, sampledValue: values)
    }
}
