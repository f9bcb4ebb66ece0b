import OCPP
import TestTools
import Testing

/// Whatever happens in whatever order, the books are right.
@Suite("Station: random days")
struct StationFuzzTests {
    /// What the queue was given, and what must hold of it.
    private struct Books {
        struct Entry {
            let start: StartTransactionRequest
            var meter: Int
            var isStopped = false
        }

        var entries: [Int: Entry] = [:]
        var answered: Set<String> = []

        mutating func take(_ effect: StationEffect) {
            switch effect {
            case .answer(let id, _), .refuse(let id, _), .toHost(let id, _):
                #expect(answered.insert(id).inserted, "\(id) was answered twice")
            default: break
            }
        }

        mutating func store(_ message: StationMessage, id: Int) {
            switch message {
            case .start(let request):
                let running = entries.values.filter { !$0.isStopped && $0.start.connectorId == request.connectorId }
                #expect(running.isEmpty, "two transactions run on connector \(request.connectorId)")
                entries[id] = Entry(start: request, meter: request.meterStart)
            case .meterValues(let request, let energy):
                let id = request.transactionId ?? -1
                #expect(entries[id]?.isStopped == false, "meter values of no open transaction")
                #expect((energy ?? .max) >= entries[id]?.meter ?? 0, "the meter went back")
                if let energy { entries[id]?.meter = energy }
            case .stop(let request, let connector):
                let entry = entries[request.transactionId]
                #expect(entry?.isStopped == false, "a stop of no open transaction")
                #expect(entry?.start.connectorId == connector)
                #expect(request.meterStop >= entry?.meter ?? 0, "the meter went back")
                if let start = entry?.start.timestamp { #expect(request.timestamp >= start) }
                entries[request.transactionId]?.isStopped = true
            }
        }
    }

    private struct Day {
        var site: TestStation
        var dice: SeededGenerator
        var books = Books()
        var meters = [1: 1000, 2: 2000]
        var waiting: [StationAppend] = []
        var open: [StationCall] = []
        var openSlaveCalls: [SlaveCall] = []
        var nextId = 0
        var nextTransaction = 0
        /// Requests that nobody can answer any more.
        var lost = 0

        init(_ seed: UInt64) {
            dice = SeededGenerator(seed: seed)
            site = TestStation([TestStation.box(1), TestStation.box(2), TestStation.slave(3)])
            site.storesAtOnce = false
            give(.tick)
        }

        mutating func give(_ input: StationInput) {
            for effect in site.give(input) {
                books.take(effect)
                switch effect {
                case .append(let append): waiting.append(append)
                case .call(let call): open.append(call)
                case .toSlave(let call): openSlaveCalls.append(call)
                default: break
                }
            }
            for box in [1, 2] where site.station.output(of: box)?.mayCharge == true {
                #expect(site.station.transaction(of: box) != nil, "connector \(box) charges without a transaction")
            }
        }

        mutating func storeFirst(_ works: Bool) {
            guard !waiting.isEmpty else { return }
            let append = waiting.removeFirst()
            guard works else {
                give(.appendFailed(token: append.token, reason: "the disk is full"))
                return
            }
            var id = 0
            switch append.message {
            case .start:
                nextTransaction += 1
                id = nextTransaction
            case .meterValues(let request, _): id = request.transactionId ?? 0
            case .stop(let request, _): id = request.transactionId
            }
            books.store(append.message, id: id)
            give(.appended(token: append.token, transaction: id, start: nil))
        }

        /// The power goes, or the host ends, at any moment: what was not yet on the disk is lost, and what is may not
        /// have been told.
        mutating func restart() {
            if Bool.random(using: &dice), let append = waiting.first {
                nextTransaction += 1
                commit(append.message, start: nextTransaction)
            }
            waiting = []
            open = []
            openSlaveCalls = []
            lost += nextId - books.answered.count - lost
            let causes: [StationMemory.Cause] = [.restart, .powerLoss, .reset(.soft), .reset(.hard)]
            let running = books.entries.filter { !$0.value.isStopped }
            let transactions = running.map { id, entry in
                OpenTransaction(
                    id: id, connector: entry.start.connectorId, idTag: entry.start.idTag,
                    start: entry.start.timestamp, meterStart: entry.start.meterStart, meterLast: entry.meter)
            }
            let station = site.station
            site.station = Station(
                station.configuration,
                memory: StationMemory(
                    cause: causes.randomElement(using: &dice) ?? .restart, keys: station.keys.values,
                    inoperative: station.inoperative, reservations: station.reservations.all,
                    profiles: station.profiles.installed, transactions: transactions), at: site.moment)
            give(.tick)
        }

        private mutating func commit(_ message: StationMessage, start: Int) {
            switch message {
            case .start: books.store(message, id: start)
            case .meterValues(let request, _): books.store(message, id: request.transactionId ?? 0)
            case .stop(let request, _): books.store(message, id: request.transactionId)
            }
        }

        mutating func step() {
            let box = Int.random(in: 1...2, using: &dice)
            let tag = ["A", "B", "C"].randomElement(using: &dice) ?? "A"
            switch Int.random(in: 0..<22, using: &dice) {
            case 0...4: read(box)
            case 5: give(.tag(connector: Bool.random(using: &dice) ? box : nil, idTag: tag))
            case 6: give(.boxLost(connector: box, reason: "no answer"))
            case 7: give(Bool.random(using: &dice) ? .connected : .disconnected)
            case 8...11: storeFirst(Int.random(in: 0..<5, using: &dice) > 0)
            case 12...14: endCall()
            case 15: endSlaveCall()
            case 16, 17: ask(tag)
            case 18: answerStart()
            case 19: give(.slaveConnected(connector: 3, BoxIdentity()))
            case 20 where Int.random(in: 0..<4, using: &dice) == 0: restart()
            case 20: give(.slaveLost(connector: 3, reason: "gone"))
            default:
                site.elapsed += .milliseconds(Int.random(in: 0..<40_000, using: &dice))
                give(.tick)
            }
        }

        mutating func read(_ box: Int, _ pilot: PilotState? = nil) {
            let pilots: [PilotState?] = [.a, .a, .b, .c, .c, .e, nil]
            meters[box, default: 0] += Int.random(in: 0..<200, using: &dice)
            let isReset = Int.random(in: 0..<10, using: &dice) == 0
            let energy = pilot == nil && isReset ? 0 : meters[box]
            site.elapsed += .milliseconds(100)
            let chosen = pilot ?? pilots.randomElement(using: &dice) ?? .a
            give(.box(connector: box, BoxReading(pilot: chosen, energy: energy)))
        }

        mutating func endCall() {
            guard !open.isEmpty else { return }
            let call = open.remove(at: Int.random(in: 0..<open.count, using: &dice))
            let info = IdTagInfo(status: Bool.random(using: &dice) ? .accepted : .invalid)
            var outcome = Outcome.answered(JSONObject())
            switch call.request {
            case is BootNotificationRequest:
                let status: RegistrationStatus =
                    [.accepted, .accepted, .pending].randomElement(using: &dice) ?? .pending
                outcome = .answered(
                    BootNotificationResponse(status: status, currentTime: site.now, interval: 10).json)
            case is HeartbeatRequest: outcome = .answered(HeartbeatResponse(currentTime: site.now).json)
            case is AuthorizeRequest: outcome = .answered(AuthorizeResponse(idTagInfo: info).json)
            default: break
            }
            if Int.random(in: 0..<6, using: &dice) == 0 { outcome = .timedOut }
            give(.outcome(call: call.number, outcome))
        }

        mutating func endSlaveCall() {
            guard !openSlaveCalls.isEmpty else { return }
            let call = openSlaveCalls.removeFirst()
            let isAnswered = Int.random(in: 0..<3, using: &dice) > 0
            give(
                .slaveOutcome(
                    call: call.number, isAnswered ? .answered(["status": .string("Accepted")]) : .timedOut))
        }

        mutating func answerStart() {
            let box = Int.random(in: 1...2, using: &dice)
            guard let open = site.station.transaction(of: box) else { return }
            let info = IdTagInfo(status: Int.random(in: 0..<4, using: &dice) == 0 ? .blocked : .accepted)
            give(
                .startAnswered(
                    transaction: open.id,
                    StartTransactionResponse(idTagInfo: info, transactionId: open.id + 10_000)))
        }

        mutating func ask(_ tag: String) {
            nextId += 1
            let connector = Int.random(in: 0...4, using: &dice)
            let transaction = Int.random(in: 10_000...10_000 + nextTransaction, using: &dice)
            let availability: AvailabilityType = Int.random(in: 0..<5, using: &dice) > 0 ? .operative : .inoperative
            let expiry = site.now.advanced(bySeconds: Int.random(in: 1..<200, using: &dice))
            let profile = ChargingProfile(
                chargingProfileId: connector, stackLevel: 0, chargingProfilePurpose: .txDefaultProfile,
                chargingProfileKind: .relative,
                chargingSchedule: ChargingSchedule(
                    duration: 60, chargingRateUnit: .amperes,
                    chargingSchedulePeriod: [ChargingSchedulePeriod(startPeriod: 0, limit: 8)]))
            let requests: [any Request] = [
                RemoteStartTransactionRequest(connectorId: connector, idTag: tag),
                RemoteStartTransactionRequest(idTag: tag), RemoteStopTransactionRequest(transactionId: transaction),
                UnlockConnectorRequest(connectorId: connector),
                ChangeAvailabilityRequest(
                    connectorId: availability == .operative ? 0 : max(connector, 1), type: availability),
                ReserveNowRequest(connectorId: connector, expiryDate: expiry, idTag: tag, reservationId: connector),
                CancelReservationRequest(reservationId: connector), GetConfigurationRequest(),
                TriggerMessageRequest(requestedMessage: .meterValues), ClearCacheRequest(),
                ChangeConfigurationRequest(key: "MeterValueSampleInterval", value: "\(connector * 20)"),
                ChangeConfigurationRequest(key: "ClockAlignedDataInterval", value: "\(connector * 30)"),
                ChangeConfigurationRequest(key: "StopTransactionOnEVSideDisconnect", value: "\(connector % 2)"),
                ChangeConfigurationRequest(key: "AllowOfflineTxForUnknownId", value: "1"),
                SetChargingProfileRequest(connectorId: connector, csChargingProfiles: profile),
                ClearChargingProfileRequest(), GetLocalListVersionRequest(),
            ]
            guard let request = requests.randomElement(using: &dice) else { return }
            give(.request(id: "r\(nextId)", request))
        }

        /// Evening: all is stored, all is answered, all vehicles leave.
        mutating func end() {
            while !openSlaveCalls.isEmpty { endSlaveCall() }
            give(.keyChanged(name: "StopTransactionOnEVSideDisconnect", value: "true"))
            for _ in 0..<4 {
                while !waiting.isEmpty { storeFirst(true) }
                while !openSlaveCalls.isEmpty { endSlaveCall() }
                for box in [1, 2] {
                    meters[box, default: 0] += 1
                    read(box, .a)
                }
                site.elapsed += .seconds(61)
                give(.tick)
            }
        }
    }

    @Test(arguments: 0..<60) func booksAreRight(_ seed: Int) {
        var day = Day(UInt64(seed))
        for _ in 0..<1500 { day.step() }
        day.end()
        #expect(!day.books.entries.isEmpty)
        #expect(day.books.entries.values.allSatisfy { $0.isStopped }, "a transaction was never stopped")
        #expect(day.site.station.status(of: 1) != .charging)
        #expect(day.books.answered.count + day.lost == day.nextId, "a request was never answered")
    }
}
