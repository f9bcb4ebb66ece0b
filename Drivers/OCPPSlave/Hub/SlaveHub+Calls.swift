import OCPP

extension SlaveHub {
    /// Makes any call of a central system to a slave and waits for its answer: Reset, UnlockConnector,
    /// ChangeAvailability, GetConfiguration, ChangeConfiguration, TriggerMessage, ReserveNow, CancelReservation,
    /// RemoteStartTransaction, SendLocalList, GetLocalListVersion, ClearCache, DataTransfer, UpdateFirmware,
    /// GetDiagnostics and those of the security extension.
    ///
    /// Connector numbers are the slave's own, transaction ids the local ones. Throws ``SlaveCallError``; profiles go
    /// through ``set(_:at:)`` and ``clear(_:of:)``.
    public func call<Asked: Request>(
        _ request: Asked, of slave: ChargePointID
    ) async throws(SlaveCallError) -> Asked.Response {
        if let profile = request as? SetChargingProfileRequest {
            try await refuseOwnLevel(profile, of: slave)
        }
        let answer = try await reach(slave).call(request)
        if request is ClearChargingProfileRequest { await existing(slave)?.restoreProfiles() }
        return answer
    }

    /// Ends a transaction by its local id at the slave that runs it. Rejected when no slave runs it; else as ``call(_:of:)``.
    public func remoteStop(transaction: Int) async throws(SlaveCallError) -> RemoteStopTransactionResponse {
        for slave in withState({ Array($0.slaves.values) }) where await slave.runs(transaction) {
            return try await call(RemoteStopTransactionRequest(transactionId: transaction), of: slave.id)
        }
        return RemoteStopTransactionResponse(status: .rejected)
    }

    /// Starts a transaction on a connector of a slave. Throws as ``call(_:of:)``.
    public func remoteStart(
        idTag: String, at place: SlaveConnector
    ) async throws(SlaveCallError) -> RemoteStartTransactionResponse {
        try await call(
            RemoteStartTransactionRequest(connectorId: place.connector, idTag: idTag), of: place.slave)
    }

    /// Sets a profile that is not the host's own. A connector that load management governs takes none at the stack level of
    /// its orders or above: the orders would no longer hold. Throws as ``call(_:of:)``.
    public func set(
        _ profile: ChargingProfile, at place: SlaveConnector
    ) async throws(SlaveCallError) -> SetChargingProfileResponse {
        try await call(
            SetChargingProfileRequest(connectorId: place.connector, csChargingProfiles: profile), of: place.slave)
    }

    /// Clears profiles; the host's own are set again at once. Throws as ``call(_:of:)``.
    public func clear(
        _ request: ClearChargingProfileRequest, of slave: ChargePointID
    ) async throws(SlaveCallError) -> ClearChargingProfileResponse {
        try await call(request, of: slave)
    }

    /// Ends the connection of a slave, which may come again.
    public func disconnect(_ slave: ChargePointID, _ reason: String) async { await existing(slave)?.drop(reason) }

    private func reach(_ id: ChargePointID) throws(SlaveCallError) -> Slave {
        guard let slave = existing(id) else { throw .notConnected("\(id) never connected") }
        return slave
    }

    private func refuseOwnLevel(
        _ request: SetChargingProfileRequest, of slave: ChargePointID
    ) async throws(SlaveCallError) {
        guard let level = await existing(slave)?.orderLevel(of: request.connectorId) else { return }
        guard request.csChargingProfiles.stackLevel >= level else { return }
        throw .notPassedOn(
            "load management governs connector \(request.connectorId) of \(slave) with profiles of stack level \(level); "
                + "a profile of level \(request.csChargingProfiles.stackLevel) would take it over")
    }
}
