extension Station {
    /// How long stops are given to reach the disk before the station starts anew all the same.
    static var resetTimeout: Duration { .seconds(60) }

    mutating func reset(_ request: ResetRequest, id: String) {
        answer(id, ResetResponse(status: .accepted))
        addSecurityEvent("ResetOrReboot", techInfo: "\(request.type.rawValue) reset of the backend")
        jobs.reset = (request.type, time.elapsed + Station.resetTimeout)
        let reason: StopReason = request.type == .hard ? .hardReset : .softReset
        for number in numbers {
            stop(number, reason)
            if connectors[number]?.isSlave == true, connectors[number]?.lost == nil { callSlave(number, request) }
        }
    }

    /// The station starts anew once all transactions of boxes are stopped and stored.
    mutating func finishReset() {
        guard let (type, deadline) = jobs.reset else { return }
        let isBusy = connectors.values.contains { state in
            switch state.phase {
            case .starting, .charging, .stopping: true
            case .idle, .authorising, .authorised, .free: false
            }
        }
        guard !isBusy || deadline <= time.elapsed else { return }
        jobs.reset = nil
        jobs.isRestarting = true
        effects.append(.reset(type))
    }
}
