import OCPP
import Testing

@Suite("Station: free charging")
struct FreeChargingTests {
    private func site(_ mode: Int) -> TestStation {
        var site = TestStation(
            [TestStation.box(1)],
            memory: StationMemory(keys: ["FreeCharging": "true", "FreeChargingMode": String(mode)]))
        site.boot()
        site.forgetAll()
        return site
    }

    @Test("mode 0, no OCPP: it charges, and the backend sees nothing")
    func hidden() {
        var site = site(0)
        site.read(1, .b)
        #expect(site.station.output(of: 1)?.mayCharge == true)
        site.read(1, .c)
        site.pass(.seconds(30))
        site.read(1, .a)
        #expect(site.station.output(of: 1)?.mayCharge == false)
        #expect(site.calls.isEmpty)
        #expect(site.queue.isEmpty)
    }

    @Test("mode 1, status: it charges without a card; the backend sees the status, no transaction")
    func statusOnly() {
        var site = site(1)
        site.read(1, .b)
        site.read(1, .c)
        site.read(1, .a)
        #expect(site.statuses(1) == [.suspendedEV, .charging, .available])
        #expect(site.queue.isEmpty)
    }

    @Test("mode 2, status with authorisation: a card is asked for, without a transaction")
    func statusWithAuthorisation() {
        var site = site(2)
        site.read(1, .b)
        #expect(site.station.output(of: 1)?.mayCharge == false)
        site.present("TAG", 1)
        #expect(site.sent(AuthorizeRequest.self).count == 1)
        #expect(site.station.output(of: 1)?.mayCharge == true)
        #expect(site.queue.isEmpty)
    }

    @Test("mode 3, fixed tag with authorisation: the backend is asked for the fixed tag")
    func fixedTagWithAuthorisation() {
        var site = site(3)
        site.read(1, .b)
        #expect(site.sent(AuthorizeRequest.self).map(\.idTag) == ["FREECHARGING"])
        #expect(site.queue.isEmpty)
        site.answer(AuthorizeRequest.self, AuthorizeResponse(idTagInfo: IdTagInfo(status: .invalid)))
        site.pass(.seconds(59))
        #expect(site.sent(AuthorizeRequest.self).count == 1)
        site.pass(.seconds(1))
        site.answer(AuthorizeRequest.self, AuthorizeResponse(idTagInfo: IdTagInfo(status: .accepted)))
        #expect(site.starts.map(\.idTag) == ["FREECHARGING"])
    }

    @Test("mode 4, fixed tag: transactions begin with the vehicle, and do not begin again after a remote stop")
    func fixedTag() {
        var site = site(4)
        site.read(1, .b)
        site.read(1, .c)
        #expect(site.starts.map(\.idTag) == ["FREECHARGING"])
        #expect(site.sent(AuthorizeRequest.self).isEmpty)
        site.give(.tag(connector: 1, idTag: "SOMEBODY"))
        #expect(site.stops.isEmpty)
        site.answerStart(1, .accepted, id: 42)
        site.ask(RemoteStopTransactionRequest(transactionId: 42))
        site.pass(.seconds(300))
        site.read(1, .b)
        #expect(site.starts.count == 1)
        site.read(1, .a)
        site.read(1, .b)
        #expect(site.starts.count == 2)
    }

    @Test("mode 5, any tag: a card begins a transaction, and the backend is not asked")
    func anyTag() {
        var site = site(5)
        site.read(1, .b)
        #expect(site.queue.isEmpty)
        site.give(.tag(connector: 1, idTag: "ANY"))
        #expect(site.starts.map(\.idTag) == ["ANY"])
        #expect(site.sent(AuthorizeRequest.self).isEmpty)
    }

    @Test("where no card is asked for, a card means nothing", arguments: [0, 1, 3, 4])
    func cardsAreIgnored(_ mode: Int) {
        var site = site(mode)
        site.give(.tag(connector: 1, idTag: "SOMEBODY"))
        #expect(site.calls.isEmpty)
        #expect(site.station.status(of: 1) == .available)
    }

    @Test func remoteStartIsRejectedWhereNoCardIsAskedFor() {
        var site = site(4)
        #expect(site.ask(RemoteStartTransactionRequest(connectorId: 1, idTag: "TAG"))?.status == .rejected)
    }

    @Test func turnedOffItEndsAtOnceWhereThereIsNoTransaction() {
        var site = site(1)
        site.read(1, .c)
        site.set("FreeCharging", "false")
        #expect(site.station.output(of: 1)?.mayCharge == false)
    }

    @Test(arguments: [("0", "aBc"), ("1", "ABC"), ("2", "abc")])
    func lettersOfTagsAreAsTheKeySays(_ mode: String, _ expected: String) {
        var site = TestStation()
        site.boot()
        site.set("idTagLetterCase", mode)
        site.give(.tag(connector: 1, idTag: "aBc"))
        #expect(site.sent(AuthorizeRequest.self).map(\.idTag) == [expected])
    }
}
