extension Station {
    /// The status of a connector (OCPP 1.6, 4.9).
    func statusValue(_ state: ConnectorState) -> TrackedStatus.Value {
        if state.connector.kind == .removed { return .init(status: .unavailable, info: "the device was removed") }
        if let lost = state.lost { return .init(status: .unavailable, info: String(lost.prefix(50))) }
        return state.isSlave ? slaveStatusValue(state) : boxStatusValue(state)
    }

    /// Whether a connector may not be used because of a ChangeAvailability, or while firmware is installed.
    func isInoperative(_ number: Int) -> Bool {
        inoperative.contains(0) || inoperative.contains(number) || isInstalling
    }

    var isInstalling: Bool {
        jobs.firmware == .installing || [.installing, .installRebooting].contains(jobs.signedFirmware.status)
    }

    private func slaveStatusValue(_ state: ConnectorState) -> TrackedStatus.Value {
        guard let value = state.slaveStatus else { return .init(status: .unavailable, info: "no status yet") }
        if isInoperative(state.number), state.slaveTransaction == nil { return .init(status: .unavailable) }
        if value.status == .available, reservations.reservation(connector: state.number) != nil {
            return .init(status: .reserved)
        }
        return value
    }

    private func boxStatusValue(_ state: ConnectorState) -> TrackedStatus.Value {
        guard let reading = state.reading else { return .init(status: .unavailable, info: "no reading yet") }
        if let fault = reading.fault {
            return .init(
                status: .faulted, errorCode: fault.code, info: String(fault.text.prefix(50)),
                vendorErrorCode: fault.vendorCode.map { String($0.prefix(50)) })
        }
        if reading.pilot == .e || reading.pilot == .f {
            let letter = reading.pilot == .e ? "E" : "F"
            return .init(status: .faulted, errorCode: .otherError, info: "control pilot state \(letter)")
        }
        return .init(status: boxStatus(state, reading))
    }

    private func boxStatus(_ state: ConnectorState, _ reading: BoxReading) -> ChargePointStatus {
        switch state.phase {
        case .charging(let transaction): return chargingStatus(state, reading, transaction)
        case .stopping: return .finishing
        case .free: return energyStatus(state, reading)
        case .starting: return .preparing
        case .authorising, .authorised, .idle:
            if isInoperative(state.number) { return .unavailable }
            if case .authorised = state.phase { return .preparing }
            if state.isFinishing { return .finishing }
            if state.isPlugged { return .preparing }
            return reservations.reservation(connector: state.number) == nil ? .available : .reserved
        }
    }

    private func chargingStatus(
        _ state: ConnectorState, _ reading: BoxReading, _ transaction: BoxTransaction
    ) -> ChargePointStatus {
        guard transaction.mayCharge else { return .suspendedEVSE }
        // The car needs a moment to close its contactor; that it "does not take" is not known before.
        if reading.pilot == .b, time.elapsed < transaction.begin + Station.settlingTime,
            !transaction.wasResumed, !transaction.hasCharged
        {
            return offers(state, reading) ? .preparing : .suspendedEVSE
        }
        return energyStatus(state, reading)
    }

    /// How long after its start a transaction whose car is still in state B counts as being prepared.
    static var settlingTime: Duration { .seconds(10) }

    private func energyStatus(_ state: ConnectorState, _ reading: BoxReading) -> ChargePointStatus {
        guard offers(state, reading) else { return .suspendedEVSE }
        return reading.pilot == .c || reading.pilot == .d ? .charging : .suspendedEV
    }

    /// Whether the vehicle is offered enough to charge: at least 6 A (IEC 61851-1, Annex A).
    private func offers(_ state: ConnectorState, _ reading: BoxReading) -> Bool {
        let limit = limits.connectors[state.number]?.current ?? state.connector.maximum
        return limit >= 6 && (reading.offered ?? limit) >= 6
    }
}
