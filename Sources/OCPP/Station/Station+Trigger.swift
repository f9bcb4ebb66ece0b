extension Station {
    mutating func trigger(_ request: TriggerMessageRequest, id: String) {
        guard hasConnector(request.connectorId) else {
            answer(id, TriggerMessageResponse(status: .rejected))
            return
        }
        switch request.requestedMessage {
        case .bootNotification:
            answer(id, TriggerMessageResponse(status: .accepted))
            sendBoot()
        case .heartbeat:
            answer(id, TriggerMessageResponse(status: .accepted))
            sendTriggeredHeartbeat()
        case .statusNotification:
            answer(id, TriggerMessageResponse(status: .accepted))
            sendTriggeredStatus(request.connectorId)
        case .diagnosticsStatusNotification:
            answer(id, TriggerMessageResponse(status: .accepted))
            sendTriggered(DiagnosticsStatusNotificationRequest(status: diagnosticsUnderWay))
        case .firmwareStatusNotification:
            answer(id, TriggerMessageResponse(status: .accepted))
            sendTriggered(FirmwareStatusNotificationRequest(status: firmwareUnderWay))
        case .meterValues: triggerMeterValues(request.connectorId, id, request)
        }
    }

    mutating func trigger(_ request: ExtendedTriggerMessageRequest, id: String) {
        guard hasConnector(request.connectorId) else {
            answer(id, ExtendedTriggerMessageResponse(status: .rejected))
            return
        }
        if request.requestedMessage == .meterValues {
            triggerMeterValues(request.connectorId, id, request)
            return
        }
        answer(id, ExtendedTriggerMessageResponse(status: .accepted))
        switch request.requestedMessage {
        case .bootNotification: sendBoot()
        case .heartbeat: sendTriggeredHeartbeat()
        case .statusNotification: sendTriggeredStatus(request.connectorId)
        case .logStatusNotification:
            sendTriggered(LogStatusNotificationRequest(status: logUnderWay, requestId: jobs.log.requestId))
        case .firmwareStatusNotification:
            let (status, requestId) = jobs.signedFirmware
            sendTriggered(
                SignedFirmwareStatusNotificationRequest(
                    status: status.isUnderWay ? status : .idle, requestId: status.isUnderWay ? requestId : nil))
        case .signChargePointCertificate: effects.append(.makeSigningRequest)
        case .meterValues: break
        }
    }

    /// The answer comes before what was asked for (OCPP 1.6, 5.17). A slave is asked to measure itself.
    private mutating func triggerMeterValues(_ connector: Int?, _ id: String, _ request: some Request) {
        let slaves = numbers.filter { connectors[$0]?.isSlave == true && connectors[$0]?.lost == nil }
        if let connector, slaves.contains(connector) {
            callSlave(
                connector, TriggerMessageRequest(requestedMessage: .meterValues, connectorId: connector),
                .relay(id: id, action: type(of: request).action))
            return
        }
        let asked = effects.count
        let boxes = connector.map { [$0] } ?? numbers.filter { connectors[$0]?.equipment != nil }
        // Not a short-circuit: every box is measured.
        let measured = boxes.map { sendTriggered($0) }.contains(true)
        let status: TriggerMessageStatus =
            measured || (connector == nil && !slaves.isEmpty) ? .accepted : .rejected
        let response: any Payload =
            request is ExtendedTriggerMessageRequest
            ? ExtendedTriggerMessageResponse(status: status) : TriggerMessageResponse(status: status)
        effects.insert(.answer(id: id, response), at: asked)
        guard connector == nil else { return }
        for slave in slaves {
            callSlave(slave, TriggerMessageRequest(requestedMessage: .meterValues, connectorId: slave))
        }
    }

    private func hasConnector(_ number: Int?) -> Bool {
        guard let number, number != 0 else { return true }
        return connectors[number] != nil
    }

    private mutating func sendTriggered(_ request: some Request) {
        call(request, lane: .urgent, passesGate: true)
    }

    private mutating func sendTriggeredHeartbeat() {
        call(HeartbeatRequest(), .heartbeat, lane: .urgent, passesGate: true)
        if link.isOnline { link.nextHeartbeat = time.elapsed + heartbeatInterval }
    }

    private mutating func sendTriggeredStatus(_ connector: Int?) {
        for number in connector.map({ [$0] }) ?? [0] + numbers { sendStatus(number, passesGate: true) }
    }
}
