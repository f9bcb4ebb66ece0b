import OCPP
import Testing

extension TestStation {
    /// Connects, boots, and has every box answer with state A.
    mutating func boot(
        _ status: RegistrationStatus = .accepted, interval: Int = 300, currentTime: Timestamp? = nil
    ) {
        give(.tick)
        for number in station.configuration.connectors where number.kind != .slave && number.kind != .removed {
            read(number.number, .a, energy: 1000)
        }
        give(.connected)
        answerBoot(status, interval: interval, currentTime: currentTime)
    }

    mutating func answerBoot(
        _ status: RegistrationStatus = .accepted, interval: Int = 300, currentTime: Timestamp? = nil
    ) {
        answer(
            BootNotificationRequest.self,
            BootNotificationResponse(status: status, currentTime: currentTime ?? now, interval: interval))
    }

    /// Answers the last call of a kind.
    mutating func answer<Asked: Request>(_ asked: Asked.Type, _ response: Asked.Response) {
        end(asked, .answered(response.json))
    }

    mutating func end<Asked: Request>(_ asked: Asked.Type, _ outcome: Outcome) {
        guard let call = calls.last(where: { $0.request is Asked }) else {
            Issue.record("no \(Asked.action.rawValue) was sent")
            return
        }
        give(.outcome(call: call.number, outcome))
    }

    /// Makes a request of the backend and returns the answer.
    @discardableResult
    mutating func ask<Asked: Request>(_ request: Asked, id: String = "q") -> Asked.Response? {
        give(.request(id: id, request))
        return answers[id] as? Asked.Response
    }

    /// Sets a key as the backend does.
    @discardableResult
    mutating func set(_ key: String, _ value: String) -> ConfigurationStatus? {
        ask(ChangeConfigurationRequest(key: key, value: value))?.status
    }

    /// Reads a box; the reading stays until the next one.
    mutating func read(
        _ number: Int, _ pilot: PilotState?, energy: Int? = 1000, values: [MeasuredValue] = [], cable: Bool? = nil,
        offered: Tenths? = nil, fault: BoxFault? = nil
    ) {
        give(
            .box(
                connector: number,
                BoxReading(
                    pilot: pilot, hasCable: cable, energy: energy, values: values, offered: offered, fault: fault)))
    }

    /// A tag at a box, which the backend knows as Accepted.
    mutating func present(_ idTag: String, _ number: Int?, parent: String? = nil) {
        give(.tag(connector: number, idTag: idTag))
        guard let call = calls.last, let request = call.request as? AuthorizeRequest, request.idTag == idTag
        else { return }
        answer(
            AuthorizeRequest.self,
            AuthorizeResponse(idTagInfo: IdTagInfo(parentIdTag: parent, status: .accepted)))
    }

    /// Starts charging at a box with a tag; the backend gives the transaction an id.
    mutating func charge(_ number: Int = 1, tag: String = "TAG", parent: String? = nil, id: Int = 7, energy: Int = 1000)
    {
        read(number, .b, energy: energy)
        present(tag, number, parent: parent)
        read(number, .c, energy: energy)
        answerStart(number, .accepted, id: id, parent: parent)
    }

    mutating func answerStart(_ number: Int = 1, _ status: AuthorizationStatus, id: Int = 7, parent: String? = nil) {
        guard let open = station.transaction(of: number) else {
            Issue.record("no transaction runs on connector \(number)")
            return
        }
        give(
            .startAnswered(
                transaction: open.id,
                StartTransactionResponse(
                    idTagInfo: IdTagInfo(parentIdTag: parent, status: status), transactionId: id)))
    }
}

extension TestStation {
    var starts: [StartTransactionRequest] {
        queue.compactMap { if case .start(let request) = $0.message { request } else { nil } }
    }

    var stops: [StopTransactionRequest] {
        queue.compactMap { if case .stop(let request, _) = $0.message { request } else { nil } }
    }

    var meterValues: [MeterValuesRequest] {
        queue.compactMap { if case .meterValues(let request, _) = $0.message { request } else { nil } }
    }

    /// The statuses that a connector was said to have, in order.
    func statuses(_ number: Int) -> [ChargePointStatus] {
        calls.compactMap { $0.request as? StatusNotificationRequest }.filter { $0.connectorId == number }
            .map(\.status)
    }

    func sent<Asked: Request>(_ asked: Asked.Type) -> [Asked] { calls.compactMap { $0.request as? Asked } }

    func toSlave<Asked: Request>(_ asked: Asked.Type) -> [Asked] { slaveCalls.compactMap { $0.request as? Asked } }

    /// The resets that the host was asked for.
    var resets: [ResetType] { effects.compactMap { if case .reset(let type) = $0 { type } else { nil } } }

    var reconnects: Int { effects.filter { if case .reconnect = $0 { true } else { false } }.count }

    var unlocked: [Int] { effects.compactMap { if case .unlock(let number) = $0 { number } else { nil } } }

    /// Answers the last call of a kind to a slave.
    mutating func answerSlave<Asked: Request>(_ asked: Asked.Type, _ response: Asked.Response) {
        endSlave(asked, .answered(response.json))
    }

    mutating func endSlave<Asked: Request>(_ asked: Asked.Type, _ outcome: Outcome) {
        guard let call = slaveCalls.last(where: { $0.request is Asked }) else {
            Issue.record("no \(Asked.action.rawValue) was sent to a slave")
            return
        }
        give(.slaveOutcome(call: call.number, outcome))
    }
}

extension TestStation {
    var gates: [Session.Gate] { effects.compactMap { if case .gate(let gate) = $0 { gate } else { nil } } }
}
