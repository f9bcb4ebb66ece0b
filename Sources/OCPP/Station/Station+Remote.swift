extension Station {
    mutating func start(_ request: RemoteStartTransactionRequest, id: String) {
        guard let number = request.connectorId ?? freeConnector(for: request.idTag) else {
            rejectStart(id, "no connector is free")
            return
        }
        if let obstacle = startObstacle(request, number) {
            rejectStart(id, obstacle)
            return
        }
        guard let state = connectors[number] else { return }
        if state.isSlave {
            connectors[number]?.slaveProfile = request.chargingProfile.map { (request.idTag, $0) }
            let own = RemoteStartTransactionRequest(connectorId: number, idTag: request.idTag)
            callSlave(number, own, .start(id: id, connector: number))
            return
        }
        answer(id, RemoteStartTransactionResponse(status: .accepted))
        let authorisation = Authorisation(request.idTag, .remote, profile: request.chargingProfile)
        if keys.isOn("AuthorizeRemoteTxRequests") {
            authorise(number, authorisation)
        } else {
            grant(number, authorisation)
        }
    }

    mutating func stop(_ request: RemoteStopTransactionRequest, id: String) {
        let found = connectors.first { $0.value.transaction?.backendID == request.transactionId }
        guard let state = found?.value, let open = state.transaction else {
            answer(id, RemoteStopTransactionResponse(status: .rejected))
            return
        }
        if state.isSlave {
            let own = RemoteStopTransactionRequest(transactionId: open.id)
            callSlave(state.number, own, .relay(id: id, action: .remoteStopTransaction))
            return
        }
        answer(id, RemoteStopTransactionResponse(status: .accepted))
        stop(state.number, .remote)
    }

    private mutating func rejectStart(_ id: String, _ reason: String) {
        refuse(.remoteStartTransaction, reason)
        answer(id, RemoteStartTransactionResponse(status: .rejected))
    }

    /// Why a remote start cannot be done on a connector; nil if it can.
    private func startObstacle(_ request: RemoteStartTransactionRequest, _ number: Int) -> String? {
        guard let state = connectors[number], state.connector.kind != .removed else {
            return "there is no connector \(number)"
        }
        guard link.registration == .accepted else { return "the boot is not accepted" }
        if let profile = request.chargingProfile, let obstacle = obstacle(profile, number) { return obstacle }
        if let mode = freeCharging, mode != .anyTag { return "charging is free, no card is asked for" }
        guard state.isFree, isUsable(state) else { return "connector \(number) is occupied or out of service" }
        if !state.isSlave, let obstacle = obstacle(state) { return obstacle }
        let use = reservations.use(
            connector: number, idTag: request.idTag, parentIdTag: list.entry(request.idTag)?.parentIdTag,
            statuses: statuses)
        return use == .refused ? "connector \(number) is reserved" : nil
    }

    private func isUsable(_ state: ConnectorState) -> Bool {
        switch state.tracked.current.status {
        case .available, .preparing, .reserved: true
        case .finishing: !state.isSlave
        case .charging, .suspendedEV, .suspendedEVSE, .unavailable, .faulted: false
        }
    }

    /// The connector of a remote start that names none: where a vehicle waits, else the first that is free.
    private func freeConnector(for idTag: String) -> Int? {
        let request = RemoteStartTransactionRequest(idTag: idTag)
        let usable = numbers.filter { startObstacle(request, $0) == nil }
        let reserved = reservations.all.filter { isSame($0.idTag, idTag) }.map(\.connectorId)
        if let own = usable.first(where: { reserved.contains($0) }) { return own }
        return usable.first { connectors[$0]?.tracked.current.status == .preparing } ?? usable.first
    }
}
