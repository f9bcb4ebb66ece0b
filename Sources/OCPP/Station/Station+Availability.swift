/// A change of availability that slaves are asked for.
struct SlaveAvailabilityChange: Sendable {
    /// The request of the backend.
    let id: String
    let request: ChangeAvailabilityRequest
    var waiting: Set<Int>
    var status: AvailabilityStatus
}

extension Station {
    mutating func change(_ request: ChangeAvailabilityRequest, id: String) {
        let number = request.connectorId
        let affected = number == 0 ? numbers : [number]
        guard number == 0 || connectors[number].map({ $0.connector.kind != .removed }) ?? false else {
            answer(id, ChangeAvailabilityResponse(status: .rejected))
            return
        }
        setInoperative(number, request.type)
        let isBusy = affected.compactMap({ connectors[$0] }).contains(where: Station.isBusy)
        let status: AvailabilityStatus = request.type == .inoperative && isBusy ? .scheduled : .accepted
        let slaves = affected.filter { connectors[$0]?.isSlave == true && connectors[$0]?.lost == nil }
        guard !slaves.isEmpty else {
            answer(id, ChangeAvailabilityResponse(status: status))
            return
        }
        let change = calls.number()
        jobs.availability[change] = SlaveAvailabilityChange(
            id: id, request: request, waiting: Set(slaves), status: status)
        for slave in slaves {
            callSlave(
                slave, ChangeAvailabilityRequest(connectorId: slave, type: request.type),
                .availability(change: change, connector: slave))
        }
    }

    mutating func slaveChangedAvailability(_ number: Int, _ slave: Int, _ outcome: Outcome) {
        guard var change = jobs.availability[number] else { return }
        change.waiting.remove(slave)
        if case .success(let response)? = outcome.response(to: ChangeAvailabilityRequest.self) {
            if response.status == .scheduled { change.status = .scheduled }
            if response.status == .rejected, change.request.connectorId == slave {
                change.status = .rejected
                setInoperative(slave, change.request.type == .inoperative ? .operative : .inoperative)
            }
        }
        jobs.availability[number] = change
        guard change.waiting.isEmpty else { return }
        jobs.availability[number] = nil
        answer(change.id, ChangeAvailabilityResponse(status: change.status))
    }

    /// Connector 0 is the station and all its connectors (OCPP 1.6, 5.2).
    private mutating func setInoperative(_ number: Int, _ type: AvailabilityType) {
        var changed = inoperative
        switch (type, number) {
        case (.inoperative, _): changed.insert(number)
        case (.operative, 0): changed = []
        case (.operative, _):
            changed.remove(number)
        }
        guard changed != inoperative else { return }
        inoperative = changed
        effects.append(.store(.inoperative(changed)))
        let ended = reservations.all.filter { changed.contains($0.connectorId) || changed.contains(0) }
        if type == .inoperative { endReservations(ended) }
    }

    private static func isBusy(_ state: ConnectorState) -> Bool {
        if state.slaveTransaction != nil { return true }
        return switch state.phase {
        case .starting, .charging, .stopping, .free: true
        case .idle, .authorising, .authorised: false
        }
    }
}
