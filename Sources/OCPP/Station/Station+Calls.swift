extension Station {
    /// The station's time.
    var now: Timestamp { clock.now(time) }

    /// Makes a call to the backend; its number.
    @discardableResult
    mutating func call(
        _ request: some Request, _ purpose: StationCalls.Purpose = .none, lane: Lane = .ordinary,
        passesGate: Bool = false
    ) -> Int {
        let number = calls.number()
        calls.toBackend[number] = purpose
        effects.append(
            .call(StationCall(number: number, request: request, lane: lane, passesGate: passesGate)))
        return number
    }

    /// Makes a call to a slave.
    mutating func callSlave(_ connector: Int, _ request: some Request, _ purpose: StationCalls.SlavePurpose = .none) {
        let number = calls.number()
        calls.toSlaves[number] = purpose
        effects.append(.toSlave(SlaveCall(number: number, connector: connector, request: request)))
    }

    /// The end of a call to the backend.
    mutating func finish(_ number: Int, _ outcome: Outcome) {
        guard let purpose = calls.toBackend.removeValue(forKey: number) else { return }
        switch purpose {
        case .boot: bootEnded(number, outcome)
        case .heartbeat: heartbeatEnded(outcome)
        case .status(let connector, let value): statusEnded(connector, value, outcome)
        case .authorise(let connector, let idTag): authoriseEnded(connector, idTag, outcome)
        case .authoriseStop(let connector, let idTag): authoriseStopEnded(connector, idTag, outcome)
        case .authoriseQuery(let query, let connector, let idTag): queryEnded(query, connector, idTag, outcome)
        case .securityEvent(let event): securityEventEnded(event, outcome)
        case .none: break
        }
    }

    /// Answers a request of the backend.
    mutating func answer(_ id: String, _ response: some Payload) {
        effects.append(.answer(id: id, response))
    }

    /// Says why something the backend asked for is refused.
    mutating func refuse(_ action: Action, _ reason: String) {
        effects.append(.notice(.refused(action: action, reason: reason)))
    }
}
