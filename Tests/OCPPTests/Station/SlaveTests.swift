import OCPP
import Testing

@Suite("Station: slaves as connectors")
struct SlaveTests {
    private func site(keys: [String: String] = [:], inoperative: Set<Int> = []) -> TestStation {
        var site = TestStation(
            [TestStation.box(1), TestStation.slave(2), TestStation.slave(3)],
            memory: StationMemory(keys: keys, inoperative: inoperative))
        site.boot()
        site.give(.slaveConnected(connector: 2, BoxIdentity(vendor: "Maker", model: "S", firmware: "3.1")))
        status(&site, .available)
        return site
    }

    private func status(_ site: inout TestStation, _ status: ChargePointStatus, _ connector: Int = 2) {
        site.give(
            .slaveStatus(StatusNotificationRequest(connectorId: connector, errorCode: .noError, status: status)))
    }

    private func open(_ id: Int = 900, tag: String = "TAG", connector: Int = 2) -> OpenTransaction {
        OpenTransaction(id: id, connector: connector, idTag: tag, start: TestStation.start, meterStart: 10)
    }

    @Test func itsStatusIsToldAndThatItIsGone() {
        var site = site()
        site.forgetAll()
        status(&site, .preparing)
        status(&site, .charging)
        site.give(.slaveLost(connector: 2, reason: "the slave does not answer"))
        #expect(site.statuses(2) == [.preparing, .charging, .unavailable])
        #expect(site.sent(StatusNotificationRequest.self).last?.info == "the slave does not answer")
        #expect(site.station.status(of: 3) == .unavailable)
    }

    @Test func remoteStartAndItsAnswerPassThrough() {
        var site = site()
        status(&site, .preparing)
        #expect(site.ask(RemoteStartTransactionRequest(connectorId: 2, idTag: "TAG")) == nil)
        #expect(site.toSlave(RemoteStartTransactionRequest.self).map(\.idTag) == ["TAG"])
        site.answerSlave(RemoteStartTransactionRequest.self, RemoteStartTransactionResponse(status: .accepted))
        #expect((site.answers["q"] as? RemoteStartTransactionResponse)?.status == .accepted)
        #expect(site.ask(RemoteStartTransactionRequest(connectorId: 3, idTag: "TAG"))?.status == .rejected)
    }

    @Test func aSlaveThatDoesNotAnswerHasRefused() {
        var site = site()
        site.ask(RemoteStartTransactionRequest(connectorId: 2, idTag: "TAG"))
        site.endSlave(RemoteStartTransactionRequest.self, .timedOut)
        #expect((site.answers["q"] as? RemoteStartTransactionResponse)?.status == .rejected)
        site.ask(UnlockConnectorRequest(connectorId: 2), id: "u")
        site.endSlave(UnlockConnectorRequest.self, .closed(wasSent: true))
        #expect((site.answers["u"] as? UnlockConnectorResponse)?.status == .unlockFailed)
    }

    @Test func remoteStopNamesTheSlavesOwnId() {
        var site = site()
        site.give(.slaveTransaction(connector: 2, open()))
        site.answerStart(2, .accepted, id: 42)
        #expect(site.ask(RemoteStopTransactionRequest(transactionId: 42)) == nil)
        #expect(site.toSlave(RemoteStopTransactionRequest.self).map(\.transactionId) == [900])
        #expect(site.queue.isEmpty)
    }

    @Test func aTagThatTheBackendRefusesLaterIsStoppedAtTheSlave() {
        var site = site()
        site.give(.slaveTransaction(connector: 2, open()))
        site.answerStart(2, .invalid)
        #expect(site.toSlave(RemoteStopTransactionRequest.self).map(\.transactionId) == [900])
    }

    @Test func keysOfOneValueGoToAllSlavesAndTheStation() {
        var site = site()
        #expect(site.set("ConnectionTimeOut", "15") == nil)
        #expect(site.station.keys.value("ConnectionTimeOut") == "60")
        site.answerSlave(ChangeConfigurationRequest.self, ChangeConfigurationResponse(status: .accepted))
        #expect((site.answers["q"] as? ChangeConfigurationResponse)?.status == .accepted)
        #expect(site.station.keys.value("ConnectionTimeOut") == "15")
    }

    @Test func aKeyThatOneSlaveRefusesIsChangedNowhere() {
        var site = site()
        site.give(.slaveConnected(connector: 3, BoxIdentity()))
        site.forgetAll()
        #expect(site.set("ConnectionTimeOut", "15") == nil)
        let calls = site.slaveCalls
        #expect(calls.map(\.connector) == [2, 3])
        let accepted = ChangeConfigurationResponse(status: .accepted).json
        let rejected = ChangeConfigurationResponse(status: .rejected).json
        site.give(.slaveOutcome(call: calls[0].number, .answered(accepted)))
        #expect(site.answers["q"] == nil)
        site.give(.slaveOutcome(call: calls[1].number, .answered(rejected)))
        #expect((site.answers["q"] as? ChangeConfigurationResponse)?.status == .rejected)
        #expect(site.station.keys.value("ConnectionTimeOut") == "60")
        #expect(site.toSlave(ChangeConfigurationRequest.self).map(\.value) == ["15", "15", "60"])
        #expect(site.slaveCalls.last?.connector == 2)
    }

    @Test func howOftenASlaveMeasuresIsForLoadManagementToSay() {
        var site = site()
        site.forgetAll()
        #expect(site.set("MeterValueSampleInterval", "900") == .accepted)
        #expect(site.set("MeterValuesSampledData", "Energy.Active.Import.Register") == .accepted)
        #expect(site.slaveCalls.isEmpty)
        #expect(site.station.keys.value("MeterValueSampleInterval") == "900")
    }

    @Test func aKeyOfOurOwnNeedNotBeKnownToASlave() {
        var site = site()
        site.set("FreeCharging", "true")
        site.answerSlave(ChangeConfigurationRequest.self, ChangeConfigurationResponse(status: .notSupported))
        #expect((site.answers["q"] as? ChangeConfigurationResponse)?.status == .accepted)
    }

    @Test func aSuffixedKeyGoesToItsSlaveWithoutTheSuffix() {
        var site = site()
        site.set("ConnectorPhaseRotation_2", "STR")
        let sent = site.toSlave(ChangeConfigurationRequest.self).last
        #expect(sent == ChangeConfigurationRequest(key: "ConnectorPhaseRotation", value: "STR"))
        site.answerSlave(ChangeConfigurationRequest.self, ChangeConfigurationResponse(status: .rebootRequired))
        #expect((site.answers["q"] as? ChangeConfigurationResponse)?.status == .rebootRequired)
        #expect(
            site.ask(GetConfigurationRequest(key: ["ConnectorPhaseRotation_2"]))?.configurationKey?[0].value == "STR")
        #expect(site.ask(GetConfigurationRequest(key: ["FirmwareVersion_2"]))?.configurationKey?[0].value == "3.1")
    }

    @Test func aSlaveThatComesIsToldWhatWasChanged() {
        let site = site(
            keys: ["ConnectionTimeOut": "15", "OperatorCurrentLimit_2": "13", "HeartbeatInterval": "99"],
            inoperative: [2])
        let keys = site.toSlave(ChangeConfigurationRequest.self).map { "\($0.key)=\($0.value)" }
        #expect(Set(keys) == ["ConnectionTimeOut=15", "OperatorCurrentLimit=13"])
        #expect(site.toSlave(ChangeAvailabilityRequest.self).map(\.type) == [.inoperative])
        #expect(site.station.status(of: 2) == .unavailable)
    }

    @Test func availabilityAsksTheSlaveAndTheSchedulingOneDecides() {
        var site = site()
        site.give(.slaveTransaction(connector: 2, open()))
        #expect(site.ask(ChangeAvailabilityRequest(connectorId: 2, type: .inoperative)) == nil)
        site.answerSlave(ChangeAvailabilityRequest.self, ChangeAvailabilityResponse(status: .scheduled))
        #expect((site.answers["q"] as? ChangeAvailabilityResponse)?.status == .scheduled)
        #expect(site.station.inoperative == [2])
    }

    @Test func availabilityThatASlaveRejectsIsNotKept() {
        var site = site()
        site.ask(ChangeAvailabilityRequest(connectorId: 2, type: .inoperative))
        site.answerSlave(ChangeAvailabilityRequest.self, ChangeAvailabilityResponse(status: .rejected))
        #expect((site.answers["q"] as? ChangeAvailabilityResponse)?.status == .rejected)
        #expect(site.station.inoperative.isEmpty)
        #expect(site.station.status(of: 2) == .available)
    }

    @Test func aReservationIsTheSlavesAndIsKeptUntilItIsUsed() {
        var site = site()
        let request = ReserveNowRequest(
            connectorId: 2, expiryDate: TestStation.start.advanced(bySeconds: 600), idTag: "TAG", reservationId: 8)
        #expect(site.ask(request) == nil)
        site.answerSlave(ReserveNowRequest.self, ReserveNowResponse(status: .accepted))
        #expect((site.answers["q"] as? ReserveNowResponse)?.status == .accepted)
        #expect(site.station.reservations.all.map(\.reservationId) == [8])
        site.give(.slaveTransaction(connector: 2, open()))
        #expect(site.station.reservations.all.isEmpty)
    }

    @Test func aCancelledReservationIsCancelledAtTheSlave() {
        var site = site()
        let request = ReserveNowRequest(
            connectorId: 2, expiryDate: TestStation.start.advanced(bySeconds: 600), idTag: "TAG", reservationId: 8)
        site.ask(request)
        site.answerSlave(ReserveNowRequest.self, ReserveNowResponse(status: .accepted))
        #expect(site.ask(CancelReservationRequest(reservationId: 8))?.status == .accepted)
        #expect(site.toSlave(CancelReservationRequest.self).map(\.reservationId) == [8])
    }

    @Test func itsTagsAreAskedForAtTheBackendAndKnownOnesOffline() {
        var site = site()
        site.give(.authorise(query: 5, connector: 2, idTag: "TAG"))
        #expect(answers(site).isEmpty)
        site.answer(AuthorizeRequest.self, AuthorizeResponse(idTagInfo: IdTagInfo(status: .accepted)))
        #expect(answers(site) == [5: .accepted])
        site.give(.disconnected)
        site.give(.authorise(query: 6, connector: 2, idTag: "TAG"))
        site.give(.authorise(query: 7, connector: 2, idTag: "STRANGER"))
        #expect(answers(site) == [5: .accepted, 6: .accepted, 7: .invalid])
    }

    @Test func aTagThatOthersHaveReservedEverythingFromIsBlocked() {
        var site = site()
        site.charge(1, tag: "FIRST")
        let request = ReserveNowRequest(
            connectorId: 0, expiryDate: TestStation.start.advanced(bySeconds: 600), idTag: "TAG", reservationId: 8)
        #expect(site.ask(request)?.status == .accepted)
        for (query, tag) in [(1, "OTHER"), (2, "TAG")] {
            site.give(.authorise(query: query, connector: 2, idTag: tag))
            site.answer(AuthorizeRequest.self, AuthorizeResponse(idTagInfo: IdTagInfo(status: .accepted)))
        }
        #expect(answers(site) == [1: .blocked, 2: .accepted])
    }

    @Test func aSlaveThatGoesWhileItIsAskedRefusesNothing() {
        var site = site()
        #expect(site.set("ConnectionTimeOut", "15") == nil)
        site.endSlave(ChangeConfigurationRequest.self, .closed(wasSent: true))
        #expect((site.answers["q"] as? ChangeConfigurationResponse)?.status == .accepted)
        #expect(site.station.keys.value("ConnectionTimeOut") == "15")
    }

    @Test func itsLimitIsThatOfTheProfilesAndTheRemoteStart() {
        var site = site()
        let profile = ChargingProfile(
            chargingProfileId: 1, stackLevel: 0, chargingProfilePurpose: .txProfile, chargingProfileKind: .relative,
            chargingSchedule: ChargingSchedule(
                chargingRateUnit: .amperes,
                chargingSchedulePeriod: [ChargingSchedulePeriod(startPeriod: 0, limit: 11)]))
        site.ask(RemoteStartTransactionRequest(connectorId: 2, idTag: "TAG", chargingProfile: profile))
        #expect(site.toSlave(RemoteStartTransactionRequest.self).map(\.chargingProfile) == [nil])
        site.answerSlave(RemoteStartTransactionRequest.self, RemoteStartTransactionResponse(status: .accepted))
        site.give(.slaveTransaction(connector: 2, open()))
        #expect(site.station.output(of: 2)?.current == 11)
        site.give(.slaveTransaction(connector: 2, nil))
        #expect(site.station.output(of: 2)?.current == 32)
    }

    @Test func theProfileOfARefusedRemoteStartIsForgotten() {
        var site = site()
        let profile = ChargingProfile(
            chargingProfileId: 1, stackLevel: 0, chargingProfilePurpose: .txProfile, chargingProfileKind: .relative,
            chargingSchedule: ChargingSchedule(
                chargingRateUnit: .amperes,
                chargingSchedulePeriod: [ChargingSchedulePeriod(startPeriod: 0, limit: 11)]))
        let request = RemoteStartTransactionRequest(connectorId: 2, idTag: "TAG", chargingProfile: profile)
        site.ask(request)
        site.answerSlave(RemoteStartTransactionRequest.self, RemoteStartTransactionResponse(status: .rejected))
        site.give(.slaveTransaction(connector: 2, open()))
        #expect(site.station.output(of: 2)?.current == 32)
        site.give(.slaveTransaction(connector: 2, nil))
        site.ask(request, id: "again")
        site.answerSlave(RemoteStartTransactionRequest.self, RemoteStartTransactionResponse(status: .accepted))
        site.give(.slaveTransaction(connector: 2, open(901, tag: "SOMEBODY")))
        #expect(site.station.output(of: 2)?.current == 32)
    }

    @Test func aResetOfTheStationResetsTheSlavesThatAreThere() {
        var site = site()
        site.ask(ResetRequest(type: .soft))
        #expect(site.toSlave(ResetRequest.self).map(\.type) == [.soft])
        #expect(site.resets == [.soft])
    }

    @Test func aTriggerOfMeterValuesIsPassedOn() {
        var site = site()
        site.forgetAll()
        #expect(site.ask(TriggerMessageRequest(requestedMessage: .meterValues, connectorId: 2)) == nil)
        site.answerSlave(TriggerMessageRequest.self, TriggerMessageResponse(status: .notImplemented))
        #expect((site.answers["q"] as? TriggerMessageResponse)?.status == .notImplemented)
    }

    private func answers(_ site: TestStation) -> [Int: AuthorizationStatus] {
        var found: [Int: AuthorizationStatus] = [:]
        for case .authorised(let query, let info) in site.effects { found[query] = info.status }
        return found
    }
}
