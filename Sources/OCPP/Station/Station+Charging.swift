extension Station {
    /// What follows for a box from its reading and from time passing.
    mutating func advance(_ number: Int) {
        guard let state = connectors[number], state.equipment != nil else { return }
        switch state.phase {
        case .authorising, .starting: break
        case .idle: startFreely(state)
        case .authorised(let authorisation): waitForVehicle(state, authorisation)
        case .charging(let transaction): watch(state, transaction)
        case .stopping(let stop, let transaction):
            if stop.token == nil, (stop.retryAt ?? .zero) <= time.elapsed { store(stop, transaction, number) }
        case .free:
            if !state.isPlugged || freeCharging?.hasTransactions ?? true {
                connectors[number]?.phase = .idle
                connectors[number]?.isFinishing = state.isPlugged
            }
        }
    }

    /// Why no transaction can begin on a box now; nil if one can.
    func obstacle(_ state: ConnectorState) -> String? {
        if jobs.reset != nil || jobs.isRestarting { return "the station is about to start anew" }
        if let lost = state.lost { return lost }
        guard let reading = state.reading else { return "the box has not answered yet" }
        if let fault = reading.fault { return fault.text }
        if reading.pilot == .e || reading.pilot == .f { return "the control pilot is faulty" }
        return isInoperative(state.number) ? "the connector is out of service" : nil
    }

    /// A box with free charging begins as soon as a vehicle is plugged in.
    private mutating func startFreely(_ state: ConnectorState) {
        guard let mode = freeCharging, mode.needsNoCard, state.isPlugged, !state.isFinishing, obstacle(state) == nil,
            (state.freeRetryAt ?? .zero) <= time.elapsed
        else { return }
        let tag = Authorisation(configuration.freeChargingTag, .free)
        switch mode {
        case .fixedTagAuthorised: authorise(state.number, tag)
        case .fixedTag:
            grant(state.number, tag)
            if let granted = connectors[state.number], case .authorised(let own) = granted.phase {
                waitForVehicle(granted, own)
            }
        default:
            guard reservations.reservation(connector: state.number) == nil else { return }
            connectors[state.number]?.phase = .free
        }
    }

    private mutating func waitForVehicle(_ state: ConnectorState, _ authorisation: Authorisation) {
        let number = state.number
        if state.isPlugged, obstacle(state) == nil {
            if let mode = freeCharging, !mode.hasTransactions {
                connectors[number]?.phase = .free
                return
            }
            if begin(state, authorisation) { return }
        }
        // A box that comes back after hours may have another vehicle.
        if let deadline = authorisation.deadline, deadline <= time.elapsed {
            let reason = state.isPlugged ? "the box was not ready in time" : "no vehicle was plugged in in time"
            withdraw(state, authorisation, reason)
        } else if !state.isPlugged, isInoperative(number) {
            withdraw(state, authorisation, "the connector is out of service")
        }
    }

    private mutating func withdraw(_ state: ConnectorState, _ authorisation: Authorisation, _ reason: String) {
        connectors[state.number]?.phase = .idle
        effects.append(
            .notice(.tagRefused(connector: state.number, idTag: authorisation.idTag, reason: reason)))
    }

    /// Begins a transaction; false if the meter cannot be read.
    private mutating func begin(_ state: ConnectorState, _ authorisation: Authorisation) -> Bool {
        let number = state.number
        guard let meter = meterStart(state) else {
            if !state.isMeterMissingTold { effects.append(.notice(meterNotice(state))) }
            connectors[number]?.isMeterMissingTold = true
            return false
        }
        connectors[number]?.isMeterMissingTold = false
        let request = StartTransactionRequest(
            connectorId: number, idTag: authorisation.idTag, meterStart: meter,
            reservationId: authorisation.reservation, timestamp: now)
        let token = append(.start(request), number)
        connectors[number]?.phase = .starting(token: token, authorisation, request)
        return true
    }

    /// The reading that a transaction can begin with; nil if there is none, or it is less than before.
    private func meterStart(_ state: ConnectorState) -> Int? {
        guard state.equipment?.hasMeter == true else { return 0 }
        return state.lowerSince == nil ? state.reading?.energy : nil
    }

    private func meterNotice(_ state: ConnectorState) -> StationNotice {
        guard let read = state.reading?.energy, let last = state.highestEnergy else {
            return .meterMissing(connector: state.number)
        }
        return .meterWentBack(connector: state.number, last: last, read: read)
    }

    /// How often the last meter value of a transaction is stored that is not in the queue.
    static var storeInterval: Duration { .seconds(60) }

    private mutating func watch(_ state: ConnectorState, _ transaction: BoxTransaction) {
        var transaction = transaction
        let number = state.number
        if state.lost == nil, let reading = state.reading {
            if reading.pilot == .c || reading.pilot == .d { transaction.hasCharged = true }
            if state.equipment?.hasMeter == true, let energy = reading.energy { follow(energy, &transaction) }
        }
        if time.elapsed >= transaction.storedAt + Station.storeInterval {
            transaction.storedAt = time.elapsed
            effects.append(.store(.transaction(transaction.open)))
        }
        connectors[number]?.phase = .charging(transaction)
        if let (reason, idTag) = state.earlyStop {
            connectors[number]?.earlyStop = nil
            stop(number, reason, idTag: idTag)
        } else if state.lost == nil, state.reading?.pilot == .a, keys.isOn("StopTransactionOnEVSideDisconnect") {
            stop(number, .evDisconnected)
            if keys.isOn("UnlockConnectorOnEVSideDisconnect"), state.equipment?.canUnlock == true {
                effects.append(.unlock(connector: number))
            }
        }
    }

    /// A meter that reads less than before, as after a restart of the box, is waited for.
    private mutating func follow(_ energy: Int, _ transaction: inout BoxTransaction) {
        guard energy >= transaction.open.meterLast else {
            if !transaction.isMeterBack {
                let last = transaction.open.meterLast
                effects.append(
                    .notice(.meterWentBack(connector: transaction.open.connector, last: last, read: energy)))
            }
            transaction.isMeterBack = true
            return
        }
        transaction.isMeterBack = false
        transaction.open.meterLast = energy
        transaction.open.meterAt = max(now, transaction.open.start)
    }
}
