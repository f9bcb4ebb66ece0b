import OCPP
import Testing

@Suite("Station: local transactions, 21 to 29")
struct LocalTransactionTests {
    @Test("21: plugged in first: Preparing, Authorize, StartTransaction, Charging")
    func pluggedInFirst() {
        var site = TestStation()
        site.boot()
        site.forgetAll()
        site.read(1, .b, energy: 4711)
        #expect(site.statuses(1) == [.preparing])
        site.give(.tag(connector: 1, idTag: "TAG"))
        #expect(site.sent(AuthorizeRequest.self).map(\.idTag) == ["TAG"])
        #expect(site.starts.isEmpty)
        #expect(site.station.output(of: 1)?.mayCharge == false)
        site.answer(AuthorizeRequest.self, AuthorizeResponse(idTagInfo: IdTagInfo(status: .accepted)))
        #expect(
            site.starts == [
                StartTransactionRequest(
                    connectorId: 1, idTag: "TAG", meterStart: 4711, timestamp: TestStation.start)
            ])
        #expect(site.station.output(of: 1)?.mayCharge == true)
        site.read(1, .c, energy: 4711)
        #expect(site.statuses(1) == [.preparing, .charging])
    }

    @Test("44: nothing is shown as started before it is on the disk; a full disk is told")
    func nothingStartsBeforeItIsStored() {
        var site = TestStation()
        site.boot()
        site.storesAtOnce = false
        site.read(1, .b)
        site.present("TAG", 1)
        #expect(site.starts.count == 1)
        #expect(site.station.transaction(of: 1) == nil)
        #expect(site.station.output(of: 1)?.mayCharge == false)
        site.give(.appendFailed(token: site.queue[0].token, reason: "the disk is full"))
        #expect(site.notices.contains(.notStored(connector: 1, reason: "the disk is full")))
        #expect(site.station.transaction(of: 1) == nil)
        #expect(site.station.output(of: 1)?.mayCharge == false)
    }

    @Test("22: no vehicle within ConnectionTimeOut: Available again, no start; the tag cannot start it later")
    func tagEndsWithoutVehicle() {
        var site = TestStation()
        site.boot()
        site.set("ConnectionTimeOut", "30")
        site.forgetAll()
        site.present("TAG", 1)
        #expect(site.station.status(of: 1) == .preparing)
        site.pass(.seconds(30))
        #expect(site.statuses(1) == [.preparing, .available])
        site.read(1, .c)
        #expect(site.starts.isEmpty)
    }

    @Test("22: a box that is not ready in time, because it is lost or its meter is, starts nothing later")
    func tagEndsIfTheBoxIsNotReady() {
        var site = TestStation()
        site.boot()
        site.read(1, .b, energy: nil)
        site.present("TAG", 1)
        site.pass(.seconds(60))
        site.read(1, .b)
        #expect(site.starts.isEmpty)
        site.read(2, .b, energy: nil)
        site.present("TAG", 2)
        site.give(.boxLost(connector: 2, reason: "no answer"))
        site.pass(.seconds(3600))
        site.read(2, .b)
        #expect(site.starts.isEmpty)
    }

    @Test("22: a vehicle within ConnectionTimeOut starts the transaction")
    func vehicleInTimeStarts() {
        var site = TestStation()
        site.boot()
        site.present("TAG", 1)
        site.pass(.seconds(59))
        site.read(1, .b)
        #expect(site.starts.map(\.idTag) == ["TAG"])
    }

    @Test(
        "23: Invalid, Expired and Blocked start nothing", arguments: [AuthorizationStatus.invalid, .expired, .blocked])
    func refusedTagsStartNothing(_ status: AuthorizationStatus) {
        var site = TestStation()
        site.boot()
        site.read(1, .b)
        site.give(.tag(connector: 1, idTag: "TAG"))
        site.answer(AuthorizeRequest.self, AuthorizeResponse(idTagInfo: IdTagInfo(status: status)))
        #expect(site.starts.isEmpty)
        #expect(site.station.status(of: 1) == .preparing)
        #expect(site.notices.contains(.tagRefused(connector: 1, idTag: "TAG", reason: status.rawValue)))
    }

    @Test("23: ConcurrentTx starts nothing, and says nothing about the tag later")
    func concurrentTagIsNotRemembered() {
        var site = TestStation()
        site.boot()
        site.charge(2, tag: "TAG")
        site.read(1, .b)
        site.give(.tag(connector: 1, idTag: "TAG"))
        site.answer(AuthorizeRequest.self, AuthorizeResponse(idTagInfo: IdTagInfo(status: .concurrentTx)))
        #expect(site.starts.map(\.connectorId) == [2])
        #expect(site.station.cache.entry("TAG")?.status == .accepted)
    }

    @Test("24: unplugged at the car with StopTransactionOnEVSideDisconnect: EVDisconnected, then Finishing")
    func unpluggingEndsTheTransaction() {
        var site = TestStation([TestStation.box(1, fixedCable: false, canUnlock: true)])
        site.boot()
        site.charge(energy: 1000)
        site.read(1, .c, energy: 3500)
        site.forgetAll()
        site.pass(.seconds(90))
        site.read(1, .a, energy: 3600, cable: true)
        #expect(site.stops.map(\.reason) == [.evDisconnected])
        #expect(site.stops.map(\.meterStop) == [3600])
        #expect(site.stops.map(\.timestamp) == [TestStation.start.advanced(bySeconds: 90)])
        #expect(site.statuses(1) == [.finishing])
        #expect(site.unlocked == [1])
        #expect(site.station.output(of: 1)?.mayCharge == false)
        site.read(1, .a, energy: 3600, cable: true)
        #expect(site.station.status(of: 1) == .finishing)
        site.read(1, .a, energy: 3600, cable: false)
        #expect(site.statuses(1) == [.finishing, .available])
    }

    @Test("24: the plug stays locked without UnlockConnectorOnEVSideDisconnect")
    func plugStaysLocked() {
        var site = TestStation([TestStation.box(1, fixedCable: false, canUnlock: true)])
        site.boot()
        site.set("UnlockConnectorOnEVSideDisconnect", "false")
        site.charge()
        site.read(1, .a)
        #expect(site.stops.count == 1)
        #expect(site.unlocked.isEmpty)
    }

    @Test("25: the same with false: SuspendedEV, and RemoteStop ends it")
    func unpluggingSuspends() {
        var site = TestStation()
        site.boot()
        site.set("StopTransactionOnEVSideDisconnect", "false")
        site.charge(id: 42)
        site.forgetAll()
        site.read(1, .a)
        #expect(site.stops.isEmpty)
        #expect(site.statuses(1) == [.suspendedEV])
        #expect(site.ask(RemoteStopTransactionRequest(transactionId: 42))?.status == .accepted)
        #expect(site.stops.map(\.reason) == [.remote])
    }

    @Test("26 and 28: the same tag ends it, whatever its case, with its idTag and without a reason")
    func sameTagEndsIt() {
        var site = TestStation()
        site.boot()
        site.charge(tag: "abc")
        site.give(.tag(connector: 1, idTag: "ABC"))
        #expect(site.stops.map(\.idTag) == ["ABC"])
        #expect(site.stops.map(\.reason) == [nil])
        #expect(site.station.status(of: 1) == .finishing)
    }

    @Test("26: another tag does not end it")
    func otherTagDoesNot() {
        var site = TestStation()
        site.boot()
        site.charge(tag: "ONE")
        site.forgetAll()
        site.present("TWO", 1)
        #expect(site.stops.isEmpty)
        #expect(site.sent(AuthorizeRequest.self).isEmpty)
    }

    @Test("26: a tag of the same group ends it after Authorize")
    func groupEndsItAfterAuthorize() {
        var site = TestStation()
        site.boot()
        site.charge(tag: "ONE", parent: "GROUP")
        site.forgetAll()
        site.give(.tag(connector: 1, idTag: "TWO"))
        #expect(site.stops.isEmpty)
        site.answer(
            AuthorizeRequest.self,
            AuthorizeResponse(idTagInfo: IdTagInfo(parentIdTag: "GROUP", status: .accepted)))
        #expect(site.stops.map(\.idTag) == ["TWO"])
    }

    @Test("26: a tag of another group does not end it")
    func otherGroupDoesNot() {
        var site = TestStation()
        site.boot()
        site.charge(tag: "ONE", parent: "GROUP")
        site.present("TWO", 1, parent: "OTHERS")
        #expect(site.stops.isEmpty)
    }

    @Test("27: a tag refused after the start ends the transaction with DeAuthorized")
    func refusedAfterTheStart() {
        var site = TestStation()
        site.boot()
        site.read(1, .b)
        site.present("TAG", 1)
        site.read(1, .c)
        site.answerStart(1, .invalid)
        #expect(site.stops.map(\.reason) == [.deAuthorized])
        #expect(site.station.output(of: 1)?.mayCharge == false)
    }

    @Test("27: without StopTransactionOnInvalidId only the delivery ends")
    func refusedTagIsSuspended() {
        var site = TestStation()
        site.boot()
        site.set("StopTransactionOnInvalidId", "false")
        site.read(1, .b)
        site.present("TAG", 1)
        site.read(1, .c)
        site.answerStart(1, .blocked)
        #expect(site.stops.isEmpty)
        #expect(site.station.transaction(of: 1) != nil)
        #expect(site.station.output(of: 1)?.mayCharge == false)
        #expect(site.station.status(of: 1) == .suspendedEVSE)
    }

    @Test("27: MaxEnergyOnInvalidId lets a refused tag take that much more")
    func refusedTagTakesMaxEnergy() {
        var site = TestStation()
        site.boot()
        site.set("StopTransactionOnInvalidId", "false")
        site.set("MaxEnergyOnInvalidId", "500")
        site.read(1, .b, energy: 1000)
        site.present("TAG", 1)
        site.read(1, .c, energy: 1200)
        site.answerStart(1, .invalid)
        site.read(1, .c, energy: 1699)
        #expect(site.station.output(of: 1)?.mayCharge == true)
        site.read(1, .c, energy: 1700)
        #expect(site.station.output(of: 1)?.mayCharge == false)
    }

    @Test("28: an operator's stop bears its reason")
    func otherReasonsAreSent() {
        var site = TestStation()
        site.boot()
        site.charge()
        site.give(.stop(connector: 1, .emergencyStop))
        #expect(site.stops.map(\.reason) == [.emergencyStop])
    }

    @Test("29: a status that lasts less than MinimumStatusDuration is not sent")
    func shortStatusesAreNotSent() {
        var site = TestStation()
        site.boot()
        site.set("MinimumStatusDuration", "5")
        site.forgetAll()
        site.read(1, .b)
        site.pass(.seconds(4))
        site.read(1, .a)
        site.pass(.seconds(60))
        #expect(site.statuses(1) == [])
        site.read(1, .b)
        let changed = site.now
        site.pass(.seconds(5))
        #expect(site.statuses(1) == [.preparing])
        #expect(site.sent(StatusNotificationRequest.self).last?.timestamp == changed)
    }

    @Test("44: a stop that cannot be stored is tried again with the same words")
    func unstoredStopIsTriedAgain() {
        var site = TestStation()
        site.boot()
        site.charge()
        site.storesAtOnce = false
        site.forgetAll()
        site.give(.stop(connector: 1, .other))
        site.give(.appendFailed(token: site.queue[0].token, reason: "the disk is full"))
        #expect(site.station.status(of: 1) == .finishing)
        site.pass(.seconds(9))
        #expect(site.stops.count == 1)
        site.pass(.seconds(1))
        #expect(site.stops.count == 2)
        #expect(site.stops.first == site.stops.last)
        site.store(site.queue[1])
        #expect(site.station.transaction(of: 1) == nil)
    }

    @Test func aTagTakenBackBeforeTheStartIsStoredEndsItAtOnce() {
        var site = TestStation()
        site.boot()
        site.storesAtOnce = false
        site.read(1, .b)
        site.present("TAG", 1)
        site.give(.stop(connector: 1, .local))
        #expect(site.stops.isEmpty)
        site.store(site.queue[0])
        #expect(site.stops.count == 1)
    }

    @Test func aTagAtTheStationsReaderIsForTheVehicleThatCameLast() {
        var site = TestStation([TestStation.box(1), TestStation.box(2), TestStation.box(3)])
        site.boot()
        site.read(3, .b)
        site.elapsed += .seconds(5)
        site.read(2, .b)
        site.present("TAG", nil)
        #expect(site.starts.map(\.connectorId) == [2])
        site.present("TAG", nil)
        #expect(site.stops.count == 1)
    }

    @Test func aFaultyBoxStartsNothingAndSaysWhy() {
        var site = TestStation()
        site.boot()
        site.forgetAll()
        site.read(1, .b, fault: BoxFault(.groundFailure, "residual current", vendorCode: "0x41"))
        let status = site.sent(StatusNotificationRequest.self).last
        #expect(status?.status == .faulted)
        #expect(status?.errorCode == .groundFailure)
        #expect(status?.info == "residual current")
        #expect(status?.vendorErrorCode == "0x41")
        site.give(.tag(connector: 1, idTag: "TAG"))
        #expect(site.sent(AuthorizeRequest.self).isEmpty)
    }

    @Test func aLostBoxIsUnavailableAndItsTransactionStaysOpen() {
        var site = TestStation()
        site.boot()
        site.charge()
        site.forgetAll()
        site.give(.boxLost(connector: 1, reason: "no answer from 192.168.2.151"))
        #expect(site.sent(StatusNotificationRequest.self).last?.info == "no answer from 192.168.2.151")
        #expect(site.statuses(1) == [.unavailable])
        #expect(site.station.transaction(of: 1) != nil)
        site.read(1, .c)
        #expect(site.statuses(1) == [.unavailable, .charging])
    }

    @Test func aCarThatIsOfferedNothingIsSuspendedByTheBox() {
        var site = TestStation()
        site.boot()
        site.charge()
        site.read(1, .c, offered: 0)
        #expect(site.station.status(of: 1) == .suspendedEVSE)
        site.read(1, .b, offered: 16)
        #expect(site.station.status(of: 1) == .suspendedEV)
        site.read(1, .c, offered: 6)
        #expect(site.station.status(of: 1) == .charging)
    }
}
