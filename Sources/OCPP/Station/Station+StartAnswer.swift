extension Station {
    /// The backend has given a transaction its id, and said whether the tag may charge (OCPP 1.6, 4.8).
    mutating func startAnswered(_ id: Int, _ response: StartTransactionResponse) {
        guard let number = connector(ofTransaction: id), let state = connectors[number] else { return }
        if let open = state.transaction { remember(open.idTag, response.idTagInfo) }
        limits.isStale = true
        if state.slaveTransaction?.id == id {
            connectors[number]?.slaveTransaction?.backendID = response.transactionId
            renameProfiles(number, id)
            // A tag that a slave took on its own and that the backend does not know.
            if response.idTagInfo.status != .accepted, keys.isOn("StopTransactionOnInvalidId") {
                callSlave(number, RemoteStopTransactionRequest(transactionId: id))
            }
            return
        }
        switch state.phase {
        case .charging(var transaction):
            take(response, &transaction.open)
            let isRefused = response.idTagInfo.status != .accepted
            if isRefused, !keys.isOn("StopTransactionOnInvalidId") {
                transaction.refusedAbove = transaction.open.meterLast + (keys.integer("MaxEnergyOnInvalidId") ?? 0)
            }
            connectors[number]?.phase = .charging(transaction)
            effects.append(.store(.transaction(transaction.open)))
            renameProfiles(number, id)
            guard isRefused else { return }
            effects.append(
                .notice(
                    .tagRefused(
                        connector: number, idTag: transaction.open.idTag,
                        reason: "the backend answered the start with \(response.idTagInfo.status.rawValue)")))
            if transaction.refusedAbove == nil { stop(number, .deAuthorized) }
        case .stopping(let stop, var transaction):
            take(response, &transaction.open)
            connectors[number]?.phase = .stopping(stop, transaction)
        default: break
        }
    }

    private func take(_ response: StartTransactionResponse, _ open: inout OpenTransaction) {
        open.backendID = response.transactionId
        if let parent = response.idTagInfo.parentIdTag { open.parentIdTag = parent }
    }
}
