extension Station {
    /// Gives a message to the queue; the number its end comes back with.
    mutating func append(_ message: StationMessage, _ connector: Int) -> Int {
        let token = calls.number()
        calls.tokens[token] = connector
        effects.append(
            .append(StationAppend(token: token, message: message, isTimeCertain: clock.isCertain(time))))
        return token
    }

    mutating func appended(_ token: Int, transaction id: Int, start: Timestamp?) {
        if let request = jobs.abandonedStarts.removeValue(forKey: token) {
            let open = OpenTransaction(
                id: id, connector: request.connectorId, idTag: request.idTag, start: start ?? request.timestamp,
                meterStart: request.meterStart)
            jobs.orphans.append(JobState.Orphan(transaction: open, reason: .other))
            return
        }
        guard let number = calls.tokens.removeValue(forKey: token), let state = connectors[number] else {
            jobs.orphans.removeAll { $0.token == token }
            return
        }
        switch state.phase {
        case .starting(token, let authorisation, let request):
            started(state, authorisation, id, request, start ?? request.timestamp)
        case .stopping(let stop, let transaction) where stop.token == token:
            stopped(state, stop, transaction)
        default: jobs.orphans.removeAll { $0.token == token }
        }
    }

    mutating func appendFailed(_ token: Int, _ reason: String) {
        let number = calls.tokens.removeValue(forKey: token)
        jobs.abandonedStarts[token] = nil
        effects.append(.notice(.notStored(connector: number ?? 0, reason: reason)))
        if let place = jobs.orphans.firstIndex(where: { $0.token == token }) {
            jobs.orphans[place].token = nil
            jobs.orphans[place].retryAt = time.elapsed + Station.stopRetry
        }
        guard let number, let state = connectors[number] else { return }
        switch state.phase {
        case .starting(token, _, _):
            connectors[number]?.phase = .idle
            connectors[number]?.earlyStop = nil
            connectors[number]?.freeRetryAt = time.elapsed + Station.freeRetry
        case .stopping(var stop, let transaction) where stop.token == token:
            stop.token = nil
            stop.retryAt = time.elapsed + Station.stopRetry
            connectors[number]?.phase = .stopping(stop, transaction)
        default: break
        }
    }

    /// After which time a stop that could not be stored is tried again.
    static var stopRetry: Duration { .seconds(10) }
    /// After which time free charging that was refused is tried again.
    static var freeRetry: Duration { .seconds(60) }

    private mutating func started(
        _ state: ConnectorState, _ authorisation: Authorisation, _ id: Int, _ request: StartTransactionRequest,
        _ start: Timestamp
    ) {
        let number = state.number
        let open = OpenTransaction(
            id: id, connector: number, idTag: request.idTag, parentIdTag: authorisation.parentIdTag, start: start,
            meterStart: request.meterStart)
        var transaction = BoxTransaction(open, at: time.elapsed)
        transaction.isTimeCertain = clock.isCertain(time)
        keepEnd(&transaction, .transactionBegin, request.meterStart, at: start)
        connectors[number]?.phase = .charging(transaction)
        connectors[number]?.isFinishing = false
        limits.isStale = true
        effects.append(.store(.transaction(open)))
        effects.append(.notice(.started(connector: number, transaction: id)))
        if let reservation = authorisation.reservation, reservations.remove(id: reservation) { storeReservations() }
        if let profile = authorisation.profile { install(profile, number) }
        if let (reason, idTag) = state.earlyStop {
            connectors[number]?.earlyStop = nil
            stop(number, reason, idTag: idTag)
        } else {
            advance(number)
        }
    }

    private mutating func stopped(_ state: ConnectorState, _ stop: PendingStop, _ transaction: BoxTransaction) {
        let number = state.number
        connectors[number]?.phase = .idle
        connectors[number]?.isFinishing =
            state.isPlugged || state.reading == nil || state.reading?.hasCable == true
        endProfiles(number)
        effects.append(
            .notice(.stopped(connector: number, transaction: transaction.open.id, stop.reason)))
    }

    /// Ends what runs on a box. A start that is not yet on the disk is ended as soon as it is.
    mutating func stop(_ number: Int, _ reason: StopReason, idTag: String? = nil) {
        guard let state = connectors[number], state.equipment != nil else { return }
        switch state.phase {
        case .charging(let transaction): end(transaction, number, reason, idTag)
        case .starting: connectors[number]?.earlyStop = (reason, idTag)
        case .authorising, .authorised: connectors[number]?.phase = .idle
        case .free:
            connectors[number]?.phase = .idle
            connectors[number]?.isFinishing = state.isPlugged
        case .idle, .stopping: break
        }
    }

    private mutating func end(
        _ transaction: BoxTransaction, _ number: Int, _ reason: StopReason, _ idTag: String?
    ) {
        var transaction = transaction
        // What was drawn after the power had gone cannot be told: the transaction ended with its last meter value.
        let moment = reason == .powerLoss ? transaction.open.meterAt : max(now, transaction.open.start)
        keepEnd(&transaction, .transactionEnd, transaction.open.meterLast, at: moment)
        let request = StopTransactionRequest(
            idTag: idTag, meterStop: transaction.open.meterLast, timestamp: moment,
            transactionId: transaction.open.id, reason: reason == .local ? nil : reason,
            transactionData: transaction.record.isEmpty ? nil : transaction.record)
        store(PendingStop(request: request, reason: reason), transaction, number)
    }

    mutating func store(_ stop: PendingStop, _ transaction: BoxTransaction, _ number: Int) {
        var stop = stop
        stop.token = append(.stop(stop.request, connector: number), number)
        connectors[number]?.phase = .stopping(stop, transaction)
        limits.isStale = true
    }

    /// The transaction of a box or a slave with an id of the queue.
    func connector(ofTransaction id: Int) -> Int? {
        connectors.first { $0.value.transaction?.id == id }?.key
    }
}
