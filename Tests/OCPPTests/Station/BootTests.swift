import OCPP
import Testing

@Suite("Station: boot, 15 to 20")
struct BootTests {
    @Test("15: BootNotification first, then the status of connector 0 and of every connector")
    func bootComesFirstAndStatusesFollow() {
        var site = TestStation()
        site.give(.tick)
        site.give(.connected)
        #expect(site.calls.map { type(of: $0.request).action } == [.bootNotification])
        #expect(site.calls.first?.passesGate == true)
        site.answerBoot(interval: 240)
        let statuses = site.sent(StatusNotificationRequest.self)
        #expect(statuses.map(\.connectorId) == [0, 1, 2])
        #expect(site.station.keys.value("HeartbeatInterval") == "240")
    }

    @Test("15: a heartbeat follows every interval that the backend named")
    func heartbeatsKeepTheInterval() {
        var site = TestStation()
        site.boot(interval: 100)
        site.forgetAll()
        for _ in 0..<3 {
            site.pass(.seconds(100))
            site.answer(HeartbeatRequest.self, HeartbeatResponse(currentTime: site.now))
        }
        #expect(site.sent(HeartbeatRequest.self).count == 3)
    }

    @Test("16: Pending: configuration is answered, nothing else is sent, the boot is repeated")
    func pendingAnswersConfigurationOnly() {
        var site = TestStation()
        site.boot(.pending, interval: 20)
        site.forgetAll()
        site.read(1, .b)
        #expect(site.ask(GetConfigurationRequest(key: ["HeartbeatInterval"]))?.configurationKey?.count == 1)
        #expect(site.set("MeterValueSampleInterval", "30") == .accepted)
        let start = site.ask(RemoteStartTransactionRequest(connectorId: 1, idTag: "TAG"))
        #expect(start?.status == .rejected)
        site.pass(.seconds(19))
        #expect(site.calls.isEmpty)
        site.pass(.seconds(1))
        #expect(site.calls.map { type(of: $0.request).action } == [.bootNotification])
        site.answerBoot(.accepted)
        #expect(site.statuses(1) == [.preparing])
    }

    @Test("16: Pending: what is triggered is sent")
    func pendingSendsWhatIsTriggered() {
        var site = TestStation()
        site.boot(.pending, interval: 20)
        site.forgetAll()
        site.ask(TriggerMessageRequest(requestedMessage: .statusNotification, connectorId: 1))
        #expect(site.calls.map(\.passesGate) == [true])
        #expect(site.statuses(1) == [.available])
    }

    @Test("17: Rejected: nothing is sent and nothing is done until the interval has passed")
    func rejectedStaysSilent() {
        var site = TestStation()
        site.boot(.rejected, interval: 90)
        site.forgetAll()
        #expect(site.ask(ResetRequest(type: .soft)) == nil)
        #expect(site.refusals["q"] != nil)
        #expect(site.resets.isEmpty)
        site.pass(.seconds(89))
        #expect(site.calls.isEmpty)
        site.pass(.seconds(1))
        #expect(site.calls.map { type(of: $0.request).action } == [.bootNotification])
    }

    @Test("17: interval 0 is no busy loop: the station's own interval counts")
    func intervalZeroTakesTheOwnOne() {
        var site = TestStation()
        site.boot(.rejected, interval: 0)
        site.forgetAll()
        site.pass(.seconds(59))
        #expect(site.calls.isEmpty)
        site.pass(.seconds(1))
        #expect(site.calls.count == 1)
    }

    @Test("17: a boot without an answer is repeated after a while")
    func unansweredBootIsRepeated() {
        var site = TestStation()
        site.give(.connected)
        site.end(BootNotificationRequest.self, .timedOut)
        site.pass(.seconds(60))
        #expect(site.sent(BootNotificationRequest.self).count == 2)
    }

    @Test("17: a connection that follows another one without its end being told boots anew")
    func aSecondConnectionBootsAnew() {
        var site = TestStation()
        site.give(.connected)
        site.give(.connected)
        #expect(site.sent(BootNotificationRequest.self).count == 2)
    }

    @Test("18: the clock is set by the boot's answer; a running transaction's start is corrected")
    func theBackendSetsTheClock() {
        let early = Timestamp(seconds: TestStation.start.seconds - 7200)
        var site = TestStation(isClockSet: false, startsAt: early)
        site.give(.tick)
        site.set("AllowOfflineTxForUnknownId", "true")
        site.read(1, .c)
        site.give(.tag(connector: 1, idTag: "TAG"))
        #expect(site.queue.map(\.isTimeCertain) == [false])
        #expect(site.starts.map(\.timestamp) == [early])
        site.give(.connected)
        site.answerBoot(currentTime: TestStation.start)
        let corrections = site.effects.compactMap { effect -> Duration? in
            if case .clockSet(_, let correction) = effect { correction } else { nil }
        }
        #expect(corrections == [.seconds(7200)])
        #expect(site.station.transaction(of: 1)?.start == TestStation.start)
        #expect(site.now == TestStation.start)
        site.elapsed += .seconds(10)
        #expect(site.now == TestStation.start.advanced(bySeconds: 10))
    }

    @Test("18: a clock that is off by less than two seconds is left alone")
    func smallDifferencesAreTheWayOfTheAnswer() {
        var site = TestStation()
        site.boot(currentTime: Timestamp(milliseconds: TestStation.start.milliseconds - 1500))
        #expect(site.now == TestStation.start)
    }

    @Test("19: a reconnect needs no boot; only what changed offline is told")
    func reconnectTellsChangesOnly() {
        var site = TestStation()
        site.boot()
        answerStatuses(&site)
        site.give(.disconnected)
        site.forgetAll()
        site.read(2, .b)
        #expect(site.calls.isEmpty)
        site.give(.connected)
        #expect(site.sent(BootNotificationRequest.self).isEmpty)
        #expect(site.sent(StatusNotificationRequest.self).map(\.connectorId) == [2])
    }

    @Test("19: a status whose answer was lost with the connection is told again")
    func unconfirmedStatusIsToldAgain() {
        var site = TestStation()
        site.boot()
        answerStatuses(&site)
        site.read(1, .b)
        site.give(.disconnected)
        site.forgetAll()
        site.give(.connected)
        #expect(site.statuses(1) == [.preparing])
    }

    @Test("20: silence never lasts longer than the heartbeat interval, which can be changed")
    func changedHeartbeatIntervalCountsAtOnce() {
        var site = TestStation()
        site.boot(interval: 1000)
        #expect(site.set("HeartbeatInterval", "10") == .accepted)
        site.forgetAll()
        site.pass(.seconds(10))
        #expect(site.sent(HeartbeatRequest.self).count == 1)
    }

    private func answerStatuses(_ site: inout TestStation) {
        for call in site.calls where call.request is StatusNotificationRequest {
            site.give(.outcome(call: call.number, .answered(JSONObject())))
        }
    }

    @Test func theTimeBecomesKnownOnceAndBeforeTheGateOpens() {
        // 1970: nobody has set the machine's clock.
        var site = TestStation(isClockSet: false, startsAt: Timestamp(seconds: 100))
        #expect(!site.station.isTimeCertain(at: site.moment))
        site.boot(currentTime: TestStation.start)
        #expect(site.station.isTimeCertain(at: site.moment))
        let effects = site.effects
        let known = effects.compactMap { effect -> Duration? in
            if case .timeKnown(let correction) = effect { correction } else { nil }
        }
        #expect(known.count == 1)
        #expect(known.first == .milliseconds(site.now.milliseconds - site.moment.wall.milliseconds))
        #expect((known.first ?? .zero) > .seconds(1_000_000_000))
        let place = effects.firstIndex { if case .timeKnown = $0 { true } else { false } }
        let gate = effects.firstIndex { if case .gate(.open) = $0 { true } else { false } }
        #expect((place ?? .max) < (gate ?? 0))
        var later = TestStation()
        later.boot()
        #expect(!later.effects.contains { if case .timeKnown = $0 { true } else { false } })
    }
}
