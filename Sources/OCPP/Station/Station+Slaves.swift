extension Station {
    mutating func takeOfSlave(_ input: StationInput) {
        switch input {
        case .slaveConnected(let number, let identity):
            guard connectors[number]?.isSlave == true else { return }
            connectors[number]?.lost = nil
            connectors[number]?.connector.identity = identity
            takeIdentity(number, identity)
            configureSlave(number)
            settle()
        case .slaveLost(let number, let reason):
            connectors[number]?.lost = reason
            settle(number)
        case .slaveStatus(let request): takeStatus(request)
        case .slaveMeterValues(let request): if link.isOnline { call(request) }
        case .slaveTransaction(let number, let open):
            takeTransaction(number, open)
            settle()
        case .slaveOutcome(let number, let outcome):
            slaveEnded(number, outcome)
            settle()
        case .authorise(let query, let number, let idTag): authoriseQuery(query, number, cased(idTag))
        default: break
        }
    }

    private mutating func takeStatus(_ request: StatusNotificationRequest) {
        guard connectors[request.connectorId]?.isSlave == true else { return }
        connectors[request.connectorId]?.slaveStatus = TrackedStatus.Value(
            status: request.status, errorCode: request.errorCode, info: request.info,
            vendorErrorCode: request.vendorErrorCode)
        settle(request.connectorId)
    }

    private mutating func takeTransaction(_ number: Int, _ open: OpenTransaction?) {
        guard let state = connectors[number], state.isSlave else { return }
        let isNew = open != nil && state.slaveTransaction?.id != open?.id
        if state.slaveTransaction != nil, isNew || open == nil { endProfiles(number) }
        connectors[number]?.slaveTransaction = open
        limits.isStale = true
        guard let open, isNew else { return }
        let used = reservations.all.first {
            $0.connectorId == number || ($0.connectorId == 0 && isSame($0.idTag, open.idTag))
        }
        if let used, reservations.remove(id: used.reservationId) { storeReservations() }
        if let (idTag, profile) = state.slaveProfile, isSame(idTag, open.idTag) { install(profile, number) }
        connectors[number]?.slaveProfile = nil
    }

    /// A slave that has come is told what was changed, and whether it may be used.
    private mutating func configureSlave(_ number: Int) {
        for key in ConfigurationKey.all where key.access == .readWrite {
            guard key.scope == .both || key.scope == .individual, !Station.keysOfLoadManagement.contains(key.name),
                let value = keys.values[
                    KeyReference(key: key, connector: key.scope == .individual ? number : nil).wireName]
            else { continue }
            callSlave(number, ChangeConfigurationRequest(key: key.name, value: value))
        }
        let isOut = inoperative.contains(0) || inoperative.contains(number)
        callSlave(number, ChangeAvailabilityRequest(connectorId: number, type: isOut ? .inoperative : .operative))
    }

    private mutating func slaveEnded(_ number: Int, _ outcome: Outcome) {
        guard let purpose = calls.toSlaves.removeValue(forKey: number) else { return }
        switch purpose {
        case .relay(let id, let action): relay(outcome, id, action)
        case .start(let id, let connector):
            let response = try? outcome.response(to: RemoteStartTransactionRequest.self)?.get()
            if response?.status != .accepted { connectors[connector]?.slaveProfile = nil }
            answer(id, response ?? RemoteStartTransactionResponse(status: .rejected))
        case .configuration(let change, let connector): slaveChangedKey(change, connector, outcome)
        case .availability(let change, let connector): slaveChangedAvailability(change, connector, outcome)
        case .reservation(let id, let request): slaveReserved(id, request, outcome)
        case .none: break
        }
    }

    /// A slave's answer is the answer to the backend; a slave that cannot say has refused.
    private mutating func relay(_ outcome: Outcome, _ id: String, _ action: Action) {
        switch action {
        case .remoteStopTransaction:
            let response = try? outcome.response(to: RemoteStopTransactionRequest.self)?.get()
            answer(id, response ?? RemoteStopTransactionResponse(status: .rejected))
        case .unlockConnector:
            let response = try? outcome.response(to: UnlockConnectorRequest.self)?.get()
            answer(id, response ?? UnlockConnectorResponse(status: .unlockFailed))
        case .triggerMessage:
            let response = try? outcome.response(to: TriggerMessageRequest.self)?.get()
            answer(id, response ?? TriggerMessageResponse(status: .rejected))
        case .extendedTriggerMessage:
            let response = try? outcome.response(to: TriggerMessageRequest.self)?.get()
            answer(id, ExtendedTriggerMessageResponse(status: response?.status ?? .rejected))
        default: break
        }
    }

    /// A slave asks for a tag; it runs the transaction, so it decides on its own reservations.
    private mutating func authoriseQuery(_ query: Int, _ number: Int, _ idTag: String) {
        if freeCharging == .anyTag {
            effects.append(.authorised(query: query, IdTagInfo(status: .accepted)))
            return
        }
        switch verdict(idTag, isOnline: link.isOnline) {
        case .accepted(let info): answerQuery(query, number, idTag, info ?? IdTagInfo(status: .accepted))
        case .refused(let status): effects.append(.authorised(query: query, IdTagInfo(status: status)))
        case .askBackend:
            call(
                AuthorizeRequest(idTag: idTag), .authoriseQuery(query, connector: number, idTag: idTag),
                lane: .urgent)
        }
    }

    mutating func queryEnded(_ query: Int, _ number: Int, _ idTag: String, _ outcome: Outcome) {
        let (verdict, known) = verdict(idTag, answer: outcome)
        if let known { remember(idTag, known) }
        switch verdict {
        case .accepted(let info): answerQuery(query, number, idTag, info ?? IdTagInfo(status: .accepted))
        case .refused(let status):
            effects.append(.authorised(query: query, known ?? IdTagInfo(status: status)))
        case .askBackend: effects.append(.authorised(query: query, IdTagInfo(status: .invalid)))
        }
    }

    /// So many cards may have reserved any connector that this one is not free for others.
    private mutating func answerQuery(_ query: Int, _ number: Int, _ idTag: String, _ info: IdTagInfo) {
        let use =
            connectors[number]?.slaveTransaction != nil
            ? .free
            : reservations.use(
                connector: number, idTag: idTag, parentIdTag: info.parentIdTag, statuses: statuses)
        var info = info
        if use == .refused { info.status = .blocked }
        effects.append(.authorised(query: query, info))
    }
}
