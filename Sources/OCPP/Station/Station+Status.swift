extension Station {
    /// The numbers of all connectors, the smallest first.
    var numbers: [Int] { connectors.keys.sorted() }

    /// Works out the status of a connector anew.
    mutating func updateStatus(_ number: Int) {
        guard let state = connectors[number] else { return }
        let value = statusValue(state)
        let now = now
        let elapsed = time.elapsed
        connectors[number]?.tracked.update(value, at: now, elapsed)
    }

    /// Works out the status of the station anew.
    mutating func updateStationStatus() {
        let status: ChargePointStatus = inoperative.contains(0) || isInstalling ? .unavailable : .available
        stationStatus.update(.init(status: status), at: now, time.elapsed)
    }

    /// Sends the statuses of some connectors that the backend does not know and that have lasted long enough.
    mutating func sendStatuses(_ numbers: [Int]) {
        guard link.isOnline else { return }
        let minimum = minimumStatusDuration
        if let due = stationStatus.due(minimum: minimum), due <= time.elapsed { sendStatus(0) }
        for number in numbers where isReported(number) {
            guard let due = connectors[number]?.tracked.due(minimum: minimum), due <= time.elapsed else { continue }
            sendStatus(number)
        }
    }

    /// Sends the status of a connector or, with 0, of the station.
    mutating func sendStatus(_ number: Int, passesGate: Bool = false) {
        guard let tracked = number == 0 ? stationStatus : connectors[number]?.tracked else { return }
        let value = tracked.current
        let request = StatusNotificationRequest(
            connectorId: number, errorCode: value.errorCode, info: value.info, status: value.status,
            timestamp: tracked.since, vendorErrorCode: value.vendorErrorCode)
        setSent(number, value)
        call(
            request, .status(connector: number, value), lane: passesGate ? .urgent : .ordinary, passesGate: passesGate)
    }

    mutating func statusEnded(_ number: Int, _ value: TrackedStatus.Value, _ outcome: Outcome) {
        switch outcome {
        case .answered, .refused: return
        case .timedOut, .closed: break
        }
        let sent = number == 0 ? stationStatus.sent : connectors[number]?.tracked.sent
        if sent == value { setSent(number, nil) }
    }

    /// After a boot the backend is told all statuses.
    mutating func forgetSentStatuses() {
        stationStatus.sent = nil
        for number in connectors.keys { connectors[number]?.tracked.sent = nil }
    }

    var minimumStatusDuration: Duration { .seconds(keys.integer("MinimumStatusDuration") ?? 0) }

    /// Whether the backend sees the connector: a box with free charging without OCPP is not shown.
    func isReported(_ number: Int) -> Bool {
        !(freeCharging == .hidden && connectors[number]?.equipment != nil)
    }

    private mutating func setSent(_ number: Int, _ value: TrackedStatus.Value?) {
        if number == 0 {
            stationStatus.sent = value
        } else {
            connectors[number]?.tracked.sent = value
        }
    }
}
