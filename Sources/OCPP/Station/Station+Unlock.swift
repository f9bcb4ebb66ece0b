extension Station {
    /// How long a box is given to unlock its socket.
    static var unlockTimeout: Duration { .seconds(30) }

    mutating func unlock(_ request: UnlockConnectorRequest, id: String) {
        let number = request.connectorId
        guard let state = connectors[number], state.connector.kind != .removed else {
            answer(id, UnlockConnectorResponse(status: .notSupported))
            return
        }
        if state.isSlave {
            callSlave(number, request, .relay(id: id, action: .unlockConnector))
            return
        }
        guard state.equipment?.canUnlock == true, state.equipment?.hasFixedCable == false else {
            answer(id, UnlockConnectorResponse(status: .notSupported))
            return
        }
        guard state.unlocking == nil, state.lost == nil else {
            answer(id, UnlockConnectorResponse(status: .unlockFailed))
            return
        }
        stop(number, .unlockCommand)
        updateOutput(number)
        connectors[number]?.unlocking = (id, time.elapsed + Station.unlockTimeout)
        effects.append(.unlock(connector: number))
    }

    mutating func unlocked(_ number: Int, _ isUnlocked: Bool) {
        guard let (id, _) = connectors[number]?.unlocking else { return }
        connectors[number]?.unlocking = nil
        answer(id, UnlockConnectorResponse(status: isUnlocked ? .unlocked : .unlockFailed))
    }

    mutating func expireUnlocking(_ only: Int?) {
        for number in only.map({ [$0] }) ?? numbers {
            guard let (_, deadline) = connectors[number]?.unlocking, deadline <= time.elapsed else { continue }
            unlocked(number, false)
        }
    }
}
