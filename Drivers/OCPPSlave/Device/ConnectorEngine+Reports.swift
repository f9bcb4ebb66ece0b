import DriverAPI
import OCPP

extension ConnectorEngine {
    /// It said something: what it told last of its state still counts.
    func heard() {
        guard isOnline else { return }
        let now = now
        show(
            ["state", "x_ocpp_status"].compactMap { point in
                guard var reading = board.readings[point], reading.value != nil,
                    reading.quality != .good || reading.time.duration(to: now) >= .seconds(1)
                else { return nil }
                reading.time = now
                reading.quality = .good
                return reading
            })
    }

    /// The status of the connector.
    func status(_ request: StatusNotificationRequest) {
        show(ConnectorBoard.readings(request, at: now))
        showIdle()
    }

    /// A transaction has begun.
    func began(_ id: Int, _ request: StartTransactionRequest) {
        transaction = id
        meterStart = Exact(request.meterStart)
        phasesInUse = options.phases
        // It needs a profile of its own: the default one need not count for what already runs.
        needsRenewal = true
        show([
            Reading(point: "rfid_tag", value: .text(request.idTag), quality: .good, time: now),
            Reading(point: "x_transaction", value: .number(Exact(id)), unit: .one, quality: .good, time: now),
        ])
    }

    /// The transaction that runs now; nil for none.
    func transaction(is id: Int?) {
        transaction = id
        guard id == nil else { return }
        meterStart = nil
        phasesInUse = options.phases
        show(
            ["rfid_tag", "x_transaction"].filter { board.readings[$0] != nil }.map {
                Reading(point: $0, value: nil, quality: .noData, time: now)
            })
    }

    /// Meter values, unless they are old ones that waited for the connection.
    func measured(_ meterValues: [MeterValue]) {
        let age = (meterValues.map(\.timestamp).max()?.seconds).map { slave.hub.wallTime().seconds - $0 } ?? 0
        let isBacklog = age > 60 && connectedAt.duration(to: now) < .seconds(300)
        guard isOnline, !isBacklog else { return }
        let now = now
        var readings = ConnectorMeter(meterValues, phases: options.phases).values.map { point, measured in
            Reading(
                point: point, value: .number(measured.value), unit: measured.unit, quality: .good, time: now)
        }
        if let meterStart, let total = readings.first(where: { $0.point == "energy_total" })?.value?.number,
            let energy = total.subtracting(meterStart), energy >= 0
        {
            readings.append(
                Reading(point: "energy_session", value: .number(energy), unit: .Wh, quality: .good, time: now))
        }
        show(readings)
        learnPhases()
    }

    /// A limit in watts is counted on the phases the car really uses.
    private func learnPhases() {
        guard profiles.unit == .watts, transaction != nil else { return }
        let lanes = ["current.l1", "current.l2", "current.l3"].filter {
            board.readings[$0]?.known?.number.map { $0 > 1 } ?? false
        }
        guard !lanes.isEmpty, lanes.count != phasesInUse, lanes.count <= options.phases else { return }
        phasesInUse = lanes.count
        needsRenewal = true
    }

    /// A connector without a car draws nothing; what it measured before is not shown on.
    func showIdle() {
        guard board.readings["state"]?.known == .member("A"), transaction == nil else { return }
        let now = now
        show(
            ["power", "current.l1", "current.l2", "current.l3", "current_offered"].compactMap { point in
                guard let reading = board.readings[point], reading.quality != .absent else { return nil }
                return Reading(point: point, value: .number(0), unit: reading.unit, quality: .good, time: now)
            })
    }

    /// One round: what is old is marked, the order is renewed when it is time, and the slave is asked something, so that
    /// it is known to be there.
    func round() async {
        guard isOnline, !isClosed else { return }
        await turn.take()
        await roundInTurn()
        await turn.give()
    }

    private func roundInTurn() async {
        guard isOnline, !isClosed else { return }
        showIdle()
        let old = max(Duration.seconds(3 * slave.hub.settings.sampleInterval), .seconds(20))
        show(board.stale(at: now, age: old))
        let isDue = sent.map { $0.at.duration(to: now) >= .seconds(hold) / 3 } ?? true
        if told != nil, needsRenewal || isDue { await renew() }
        guard isOnline else { return }
        if let reading = await composite() {
            if case .above(let limit) = judge(reading) {
                needsRenewal = true
                report(.deviates(read: Self.exact(limit)))
            }
        } else {
            _ = try? await ask(GetConfigurationRequest(key: ["HeartbeatInterval"]))
        }
    }

    /// What the connector shows, after new values were asked for where they can be.
    func read(_ points: [String]?) async throws(DriverError) -> [Reading] {
        guard isOnline else { throw .unreachable("\(place) is not connected: \(offlineReason)") }
        if abilities.has("RemoteTrigger") {
            let since = now
            for message in [MessageTrigger.statusNotification, .meterValues] {
                _ = try? await ask(TriggerMessageRequest(requestedMessage: message, connectorId: place.connector))
            }
            for _ in 0..<20
            where !board.readings.values.contains(where: { $0.point == "energy_total" && $0.time > since }) {
                try? await context.clock.sleep(.milliseconds(100))
            }
        }
        let readings = board.readings.values.sorted { $0.point < $1.point }
        guard let points else { return readings }
        return points.map { point in
            board.readings[point] ?? Reading(point: point, value: nil, quality: .absent, time: now)
        }
    }
}
