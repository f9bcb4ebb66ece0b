extension Station {
    mutating func take(_ input: StationInput) {
        switch input {
        case .tick: settle()
        case .connected:
            connect()
            settle()
        case .disconnected:
            disconnect()
            settle()
        case .credentialsRefused: restoreCredentials()
        case .request(let id, let request):
            receive(request, id: id)
            settle()
        case .outcome(let number, let outcome):
            finish(number, outcome)
            settle()
        case .appended(let token, let transaction, let start):
            appended(token, transaction: transaction, start: start)
            settle()
        case .appendFailed(let token, let reason):
            appendFailed(token, reason)
            settle()
        case .startAnswered(let transaction, let response):
            startAnswered(transaction, response)
            settle()
        case .stopAnswered(let idTag, let info): remember(idTag, info)
        case .box, .boxLost, .tag, .unlocked, .stop: takeOfBox(input)
        case .slaveConnected, .slaveLost, .slaveStatus, .slaveMeterValues, .slaveTransaction, .slaveOutcome,
            .authorise:
            takeOfSlave(input)
        default:
            takeOfHost(input)
            settle()
        }
    }

    private mutating func takeOfBox(_ input: StationInput) {
        switch input {
        case .box(let number, let reading):
            takeReading(number, reading)
            settle(number)
        case .boxLost(let number, let reason):
            connectors[number]?.lost = reason
            settle(number)
        case .tag(let number, let idTag):
            takeTag(number, idTag)
            settle()
        case .unlocked(let number, let isUnlocked):
            unlocked(number, isUnlocked)
            settle(number)
        case .stop(let number, let reason):
            stop(number, reason)
            settle(number)
        default: break
        }
    }

    private mutating func takeReading(_ number: Int, _ reading: BoxReading) {
        guard connectors[number]?.equipment != nil else { return }
        connectors[number]?.lost = nil
        if connectors[number]?.reading?.phases != reading.phases { limits.isStale = true }
        connectors[number]?.reading = reading
        if let energy = reading.energy { follow(energy, number) }
        switch reading.pilot?.isPlugged {
        case true?:
            if connectors[number]?.isPlugged == false { connectors[number]?.pluggedAt = time.elapsed }
        case false?:
            connectors[number]?.pluggedAt = nil
            if reading.hasCable != true { connectors[number]?.isFinishing = false }
        case nil: break
        }
    }

    /// How long a meter may read less than before until it is believed to be another one.
    private static var meterPatience: Duration { .seconds(60) }

    private mutating func follow(_ energy: Int, _ number: Int) {
        guard let state = connectors[number] else { return }
        let isLower = energy < state.highestEnergy ?? energy
        if isLower, time.elapsed < (state.lowerSince ?? time.elapsed) + Station.meterPatience {
            connectors[number]?.lowerSince = state.lowerSince ?? time.elapsed
        } else {
            connectors[number]?.highestEnergy = energy
            connectors[number]?.lowerSince = nil
        }
    }

    /// Draws all conclusions; of one connector only, if only that one has changed.
    mutating func settle(_ only: Int? = nil) {
        noteClock()
        boot()
        expireReservations()
        expireUnlocking(only)
        let touched = only.map { connectors[$0] == nil ? [] : [$0] } ?? numbers
        updateLimits()
        for number in touched { advance(number) }
        takeAlignedValues()
        for number in touched { takeSample(number) }
        if only == nil { stopOrphans() }
        let changed = limits.isStale ? numbers : touched
        updateLimits()
        for number in changed {
            updateStatus(number)
            updateOutput(number)
        }
        updateStationStatus()
        sendStatuses(changed)
        sendNotifications()
        sendSecurityEvents()
        finishReset()
    }
}
