import OCPP

extension Slave {
    /// Answers one call of the slave. What is wrong with it is said by a CALLERROR, and nothing is done.
    func answer(_ call: IncomingCall, on link: SlaveLink) async {
        let result: Result<JSONObject, CallError>
        var after: (() -> Void)?
        do throws(CallError) {
            let request = try call.checked(at: .centralSystem)
            if let boot = request as? BootNotificationRequest {
                let answer = await answer(boot)
                result = .success(answer.json)
                after = { self.booted(boot, answer.status, on: link) }
            } else {
                result = .success(try await answer(request))
            }
        } catch {
            result = .failure(error)
        }
        await link.answer(call.id, result)
        after?()
    }

    private func answer(_ boot: BootNotificationRequest) async -> BootNotificationResponse {
        let status: RegistrationStatus = await refreshConfigured() ? .accepted : .pending
        await uplink.happened(.booted(boot, status), at: id)
        return BootNotificationResponse(
            status: status, currentTime: hub.wallTime(), interval: hub.settings.heartbeatInterval)
    }

    private func answer(_ request: any Request) async throws(CallError) -> JSONObject {
        switch request {
        case is HeartbeatRequest: return HeartbeatResponse(currentTime: hub.wallTime()).json
        case let request as AuthorizeRequest:
            try needsConfigured()
            return AuthorizeResponse(idTagInfo: await uplink.authorize(request.idTag, of: id)).json
        case let request as StatusNotificationRequest:
            await noted(request)
            await uplink.happened(.status(request), at: id)
            return StatusNotificationResponse().json
        case let request as StartTransactionRequest: return try await start(request)
        case let request as StopTransactionRequest: return try await stop(request)
        case let request as MeterValuesRequest: return try await measured(request)
        case let request as DataTransferRequest: return await uplink.transfer(request, from: id).json
        case let request as SignCertificateRequest: return await uplink.sign(request, from: id).json
        default: return try await note(request)
        }
    }

    /// What only reports something.
    private func note(_ request: any Request) async throws(CallError) -> JSONObject {
        let event: SlaveEvent
        switch request {
        case let request as FirmwareStatusNotificationRequest: event = .firmware(request)
        case let request as SignedFirmwareStatusNotificationRequest: event = .signedFirmware(request)
        case let request as DiagnosticsStatusNotificationRequest: event = .diagnostics(request)
        case let request as LogStatusNotificationRequest: event = .log(request)
        case let request as SecurityEventNotificationRequest: event = .security(request)
        default: throw CallError(.notSupported, "\(type(of: request).action.rawValue) is not served here")
        }
        await uplink.happened(event, at: id)
        return JSONObject()
    }

    private func start(_ request: StartTransactionRequest) async throws(CallError) -> JSONObject {
        try needsConfigured()
        guard request.connectorId > 0 else {
            throw CallError(.propertyConstraintViolation, "connectorId is 0: a transaction runs on a connector")
        }
        let place = SlaveConnector(slave: id, connector: request.connectorId)
        let started: StartedTransaction
        do throws(UplinkFailure) {
            started = try await uplink.start(request, at: place)
        } catch {
            throw CallError(.internalError, error.description)
        }
        transactions.begin(started.id, on: request.connectorId)
        await engines[request.connectorId]?.began(started.id, request)
        return StartTransactionResponse(idTagInfo: started.idTagInfo, transactionId: started.id).json
    }

    private func stop(_ request: StopTransactionRequest) async throws(CallError) -> JSONObject {
        try needsConfigured()
        let connector = transactions.connector(ofStop: request.transactionId, among: engines.keys)
        let info: IdTagInfo?
        do throws(UplinkFailure) {
            info = try await uplink.stop(request, at: SlaveConnector(slave: id, connector: connector))
        } catch {
            throw CallError(.internalError, error.description)
        }
        transactions.end(request.transactionId, on: connector)
        var touched = [connector]
        if request.transactionId <= 0 {
            // Which one a slave means that has forgotten the id, the site knows best.
            transactions = SlaveTransactions(await uplink.openTransactions(of: id))
            touched = Array(engines.keys)
        }
        for connector in touched { await engines[connector]?.transaction(is: transactions.open[connector]) }
        return StopTransactionResponse(idTagInfo: info).json
    }

    private func measured(_ request: MeterValuesRequest) async throws(CallError) -> JSONObject {
        await engines[request.connectorId]?.measured(request.meterValue)
        if request.transactionId != nil, request.connectorId > 0 {
            try needsConfigured()
            do throws(UplinkFailure) {
                try await uplink.meterValues(
                    request, at: SlaveConnector(slave: id, connector: request.connectorId))
            } catch {
                throw CallError(.internalError, error.description)
            }
        } else {
            await uplink.happened(.meterValues(request), at: id)
        }
        return MeterValuesResponse().json
    }

    /// A slave that is not configured yet charges nothing (OCPP 1.6, 4.2: it sends no such requests before it is accepted).
    private func needsConfigured() throws(CallError) {
        guard !isConfigured else { return }
        throw CallError(.securityError, "\(id) is not accepted yet; it is being set up")
    }
}
