import OCPP
import Testing

@Suite("Station: offline and power loss, 34 to 47")
struct OfflineTests {
    private func memory(
        _ cause: StationMemory.Cause, keys: [String: String] = [:], backendID: Int? = 42
    ) -> StationMemory {
        let open = OpenTransaction(
            id: 12, connector: 1, idTag: "TAG", start: TestStation.start.advanced(bySeconds: -3600), meterStart: 1000,
            meterLast: 5000, meterAt: TestStation.start.advanced(bySeconds: -600), backendID: backendID)
        return StationMemory(cause: cause, keys: keys, transactions: [open])
    }

    @Test("34: a known tag starts offline at the true time, and the connector is Charging")
    func knownTagStartsOffline() {
        var site = TestStation()
        site.boot()
        site.ask(
            SendLocalListRequest(
                listVersion: 1,
                localAuthorizationList: [
                    AuthorizationEntry(idTag: "TAG", idTagInfo: IdTagInfo(status: .accepted))
                ], updateType: .full))
        site.give(.disconnected)
        site.pass(.seconds(100))
        site.read(1, .b, energy: 1077)
        site.give(.tag(connector: 1, idTag: "tag"))
        site.read(1, .c, energy: 1077)
        #expect(site.starts.map(\.timestamp) == [TestStation.start.advanced(bySeconds: 100)])
        #expect(site.station.status(of: 1) == .charging)
        site.forgetAll()
        site.give(.connected)
        #expect(site.statuses(1) == [.charging])
    }

    @Test("34: offline an unknown tag starts only with AllowOfflineTxForUnknownId")
    func unknownTagOffline() {
        var site = TestStation()
        site.boot()
        site.give(.disconnected)
        site.read(1, .b)
        site.give(.tag(connector: 1, idTag: "TAG"))
        #expect(site.starts.isEmpty)
        site.give(.keyChanged(name: "AllowOfflineTxForUnknownId", value: "true"))
        site.give(.tag(connector: 1, idTag: "TAG"))
        #expect(site.starts.count == 1)
    }

    @Test("34: offline a tag that the backend blocked last stays blocked, although unknown ones may charge")
    func blockedTagOffline() {
        var site = TestStation()
        site.boot()
        site.set("AllowOfflineTxForUnknownId", "true")
        site.read(1, .b)
        site.give(.tag(connector: 1, idTag: "TAG"))
        site.answer(AuthorizeRequest.self, AuthorizeResponse(idTagInfo: IdTagInfo(status: .blocked)))
        site.give(.disconnected)
        site.give(.tag(connector: 1, idTag: "TAG"))
        #expect(site.starts.isEmpty)
    }

    @Test("34: an Authorize that is not answered is decided offline")
    func unansweredAuthorizeIsOffline() {
        var site = TestStation()
        site.boot()
        site.set("AllowOfflineTxForUnknownId", "true")
        site.read(1, .b)
        site.give(.tag(connector: 1, idTag: "TAG"))
        #expect(site.starts.isEmpty)
        site.end(AuthorizeRequest.self, .timedOut)
        #expect(site.starts.map(\.idTag) == ["TAG"])
    }

    @Test("34: the group of a known tag counts offline too")
    func groupIsKnownOffline() {
        var site = TestStation()
        site.boot()
        let group = IdTagInfo(parentIdTag: "GROUP", status: .accepted)
        site.ask(
            SendLocalListRequest(
                listVersion: 1,
                localAuthorizationList: ["ONE", "TWO"].map { AuthorizationEntry(idTag: $0, idTagInfo: group) },
                updateType: .full))
        site.give(.disconnected)
        site.read(1, .b)
        site.give(.tag(connector: 1, idTag: "ONE"))
        #expect(site.starts.map(\.idTag) == ["ONE"])
        site.give(.tag(connector: 1, idTag: "TWO"))
        #expect(site.stops.map(\.idTag) == ["TWO"])
    }

    @Test("35 and 36: a stop offline bears its true time and the local id, which the queue replaces")
    func offlineStop() {
        var site = TestStation(firstTransaction: 500)
        site.boot()
        site.set("AllowOfflineTxForUnknownId", "true")
        site.give(.disconnected)
        site.forgetAll()
        site.read(1, .b)
        site.give(.tag(connector: 1, idTag: "TAG"))
        site.pass(.seconds(60))
        site.read(1, .a)
        let kinds = site.queue.map { append in
            switch append.message {
            case .start: "start"
            case .meterValues: "meter"
            case .stop: "stop"
            }
        }
        #expect(kinds == ["start", "meter", "stop"])
        #expect(site.meterValues.map(\.transactionId) == [501])
        #expect(site.stops.map(\.transactionId) == [501])
        #expect(site.stops.map(\.timestamp) == [TestStation.start.advanced(bySeconds: 60)])
    }

    @Test("37: two transactions on one connector and one on another have ids of their own")
    func offlineTransactionsAreApart() {
        var site = TestStation(firstTransaction: 500)
        site.boot()
        site.set("AllowOfflineTxForUnknownId", "true")
        site.give(.disconnected)
        for connector in [1, 2, 1] {
            site.read(connector, .b)
            site.give(.tag(connector: connector, idTag: "TAG\(connector)"))
            site.pass(.seconds(10))
            if connector == 1 { site.read(1, .a) }
        }
        site.read(2, .a)
        #expect(site.starts.map(\.connectorId) == [1, 2, 1])
        #expect(site.stops.map(\.transactionId) == [501, 503, 502])
    }

    @Test("38: a restart of the host lets the transaction go on, with no message twice")
    func restartGoesOn() {
        var site = TestStation(memory: memory(.restart))
        site.give(.tick)
        #expect(site.station.output(of: 1)?.mayCharge == true)
        site.read(1, .c, energy: 5200)
        site.give(.connected)
        site.answerBoot()
        #expect(site.queue.isEmpty)
        #expect(site.statuses(1) == [.charging])
        #expect(site.ask(RemoteStopTransactionRequest(transactionId: 42))?.status == .accepted)
        #expect(site.stops.map(\.meterStop) == [5200])
    }

    @Test("38: a vehicle that was unplugged while the host was away ends its transaction")
    func unpluggedMeanwhile() {
        var site = TestStation(memory: memory(.restart))
        site.give(.tick)
        site.read(1, .a, energy: 5300)
        #expect(site.stops.map(\.reason) == [.evDisconnected])
        #expect(site.stops.map(\.meterStop) == [5300])
    }

    @Test("45: after a power loss: boot, statuses, and StopTransaction PowerLoss with the last stored value")
    func powerLossStops() {
        var site = TestStation(memory: memory(.powerLoss, keys: ["RestartTransAfterPowerLoss": "false"]))
        site.give(.tick)
        #expect(
            site.stops == [
                StopTransactionRequest(
                    meterStop: 5000, timestamp: TestStation.start.advanced(bySeconds: -600), transactionId: 12,
                    reason: .powerLoss)
            ])
        #expect(site.station.output(of: 1)?.mayCharge == false)
        site.read(1, .b, energy: 5000)
        site.read(2, .a)
        site.give(.connected)
        site.answerBoot()
        #expect(site.statuses(1) == [.finishing])
        #expect(site.stops.count == 1)
    }

    @Test("45: with RestartTransAfterPowerLoss the transaction goes on")
    func powerLossResumes() {
        var site = TestStation(memory: memory(.powerLoss, keys: ["RestartTransAfterPowerLoss": "true"]))
        site.give(.tick)
        site.read(1, .c, energy: 0)
        site.read(1, .c, energy: 5001)
        #expect(site.stops.isEmpty)
        #expect(site.station.transaction(of: 1)?.meterLast == 5001)
        #expect(site.station.status(of: 1) == .charging)
    }

    @Test("45: a transaction whose connector is gone is stopped at its last value")
    func orphansAreStopped() {
        var site = TestStation([TestStation.box(2)], memory: memory(.restart))
        site.storesAtOnce = false
        site.give(.tick)
        #expect(site.stops.map(\.meterStop) == [5000])
        #expect(site.stops.map(\.reason) == [.other])
        site.give(.appendFailed(token: site.queue[0].token, reason: "the disk is full"))
        site.pass(.seconds(10))
        #expect(site.stops.count == 2)
        site.store(site.queue[1])
        site.pass(.seconds(100))
        #expect(site.stops.count == 2)
    }

    @Test("45: of two open transactions on one connector the older is stopped")
    func theOlderOfTwoIsStopped() {
        let open = [1, 2].map { id in
            OpenTransaction(
                id: id, connector: 1, idTag: "TAG", start: TestStation.start.advanced(bySeconds: id * 10 - 100),
                meterStart: id * 1000)
        }
        var site = TestStation(memory: StationMemory(transactions: open.reversed()))
        site.give(.tick)
        #expect(site.stops.map(\.transactionId) == [1])
        #expect(site.station.transaction(of: 1)?.id == 2)
    }

    @Test("46: Inoperative survives a power cycle")
    func inoperativeSurvives() {
        var site = TestStation(memory: StationMemory(cause: .powerLoss, inoperative: [0]))
        site.boot()
        #expect(site.statuses(0) == [.unavailable])
        #expect(site.statuses(1) == [.unavailable])
    }

    @Test("47: the queue is held until the boot is accepted, again after each start")
    func queueIsHeld() {
        var site = TestStation()
        site.give(.tick)
        site.give(.connected)
        #expect(site.gates == [.bootOnly])
        site.answerBoot(.pending, interval: 5)
        site.pass(.seconds(5))
        site.answerBoot()
        #expect(site.gates == [.bootOnly, .bootOnly, .open])
        site.give(.disconnected)
        site.give(.connected)
        #expect(site.gates.last == .open)
    }

    @Test func aTagThatTheListAcceptsAndTheBackendRefusesIsAConflict() {
        var site = TestStation()
        site.boot()
        site.set("LocalPreAuthorize", "true")
        site.ask(
            SendLocalListRequest(
                listVersion: 1,
                localAuthorizationList: [
                    AuthorizationEntry(idTag: "TAG", idTagInfo: IdTagInfo(status: .accepted))
                ], updateType: .full))
        site.read(1, .b)
        site.give(.tag(connector: 1, idTag: "TAG"))
        #expect(site.sent(AuthorizeRequest.self).isEmpty)
        #expect(site.starts.count == 1)
        site.answerStart(1, .invalid)
        let conflict = site.sent(StatusNotificationRequest.self).last { $0.errorCode == .localListConflict }
        #expect(conflict?.connectorId == 0)
    }

    @Test func theLastMeterValueIsStoredEveryMinute() {
        var site = TestStation()
        site.boot()
        site.set("MeterValueSampleInterval", "0")
        site.charge(energy: 1000)
        site.read(1, .c, energy: 1600)
        site.forgetAll()
        site.pass(.seconds(60))
        let stored = site.stored.compactMap { change -> Int? in
            if case .transaction(let open) = change { open.meterLast } else { nil }
        }
        #expect(stored == [1600])
    }
}
