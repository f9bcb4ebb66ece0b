extension Station {
    /// Takes up what had not ended when the station last ran.
    ///
    /// A restart of the host changes nothing for the boxes. After a power loss transactions go on or end as the key
    /// RestartTransAfterPowerLoss says; a reset ends what was not ended before it.
    mutating func resume(_ transactions: [OpenTransaction], after cause: StationMemory.Cause) {
        for open in transactions.sorted(by: { $0.start < $1.start }) {
            guard let state = connectors[open.connector], state.connector.kind != .removed else {
                jobs.orphans.append(JobState.Orphan(transaction: open, reason: .other))
                continue
            }
            if state.isSlave {
                connectors[open.connector]?.slaveTransaction = open
                continue
            }
            if case .charging(let older) = state.phase {
                jobs.orphans.append(JobState.Orphan(transaction: older.open, reason: .other))
            }
            var transaction = BoxTransaction(open, at: time.elapsed)
            transaction.wasResumed = true
            keepEnd(&transaction, .transactionBegin, open.meterStart, at: open.start)
            connectors[open.connector]?.phase = .charging(transaction)
            let reason = stopReason(after: cause)
            connectors[open.connector]?.earlyStop = reason.map { ($0, nil) }
        }
    }

    private func stopReason(after cause: StationMemory.Cause) -> StopReason? {
        switch cause {
        case .restart: nil
        case .powerLoss: keys.isOn("RestartTransAfterPowerLoss") ? nil : .powerLoss
        case .reset(.soft): .softReset
        case .reset(.hard): .hardReset
        }
    }

    /// Stops transactions that no connector can go on with, at their last meter value.
    mutating func stopOrphans() {
        for place in jobs.orphans.indices {
            let orphan = jobs.orphans[place]
            guard orphan.token == nil, (orphan.retryAt ?? .zero) <= time.elapsed else { continue }
            let open = orphan.transaction
            let request = StopTransactionRequest(
                meterStop: open.meterLast, timestamp: open.meterAt, transactionId: open.id, reason: orphan.reason)
            jobs.orphans[place].token = append(.stop(request, connector: open.connector), open.connector)
        }
    }

    /// The site file has changed. What is gone stays as a removed connector: its number is never given again.
    mutating func reconfigure(_ new: StationConfiguration) {
        configuration = new
        var removed = Set(connectors.keys)
        for connector in new.connectors {
            removed.remove(connector.number)
            guard let state = connectors[connector.number] else {
                connectors[connector.number] = ConnectorState(connector, at: now, time.elapsed)
                continue
            }
            if state.isSlave != (connector.kind == .slave) || connector.kind == .removed {
                abandon(state, for: connector)
            } else {
                connectors[connector.number]?.connector = connector
            }
        }
        for number in removed {
            guard let state = connectors[number] else { continue }
            abandon(state, for: StationConnector(number: number, kind: .removed))
        }
        keys.setConnectors(Set(connectors.keys))
        takeIdentities()
        limits.isStale = true
    }

    /// Ends what runs on a device that is not the connector's any more.
    private mutating func abandon(_ state: ConnectorState, for connector: StationConnector) {
        switch state.phase {
        case .starting(let token, _, let request): jobs.abandonedStarts[token] = request
        case .charging(let transaction):
            jobs.orphans.append(JobState.Orphan(transaction: transaction.open, reason: .other))
        case .stopping(let stop, let transaction):
            jobs.orphans.append(
                JobState.Orphan(transaction: transaction.open, reason: stop.reason, token: stop.token))
        default: break
        }
        if let transaction = state.slaveTransaction {
            jobs.orphans.append(JobState.Orphan(transaction: transaction, reason: .other))
        }
        var fresh = ConnectorState(connector, at: now, time.elapsed)
        fresh.tracked = state.tracked
        connectors[state.number] = fresh
    }

    /// Shows the boxes' identities as keys; they are not stored.
    mutating func takeIdentities() {
        for (number, state) in connectors {
            if let identity = state.connector.identity { takeIdentity(number, identity) }
        }
    }

    mutating func takeIdentity(_ number: Int, _ identity: BoxIdentity) {
        let values = [
            "ChargePointVendor": identity.vendor, "ChargePointModel": identity.model,
            "FirmwareVersion": identity.firmware,
        ]
        for case (let name, let value?) in values { keys.set(name, connector: number, to: String(value.prefix(50))) }
    }
}
