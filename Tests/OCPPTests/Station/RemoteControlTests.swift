import OCPP
import Testing

@Suite("Station: remote control, 48 to 57")
struct RemoteControlTests {
    private func profile(_ purpose: ChargingProfilePurpose = .txProfile, limit: Tenths = 10) -> ChargingProfile {
        ChargingProfile(
            chargingProfileId: 1, stackLevel: 0, chargingProfilePurpose: purpose, chargingProfileKind: .relative,
            chargingSchedule: ChargingSchedule(
                chargingRateUnit: .amperes,
                chargingSchedulePeriod: [ChargingSchedulePeriod(startPeriod: 0, limit: limit)]))
    }

    @Test("48: RemoteStart asks with AuthorizeRemoteTxRequests and does not without", arguments: [true, false])
    func remoteStart(_ authorises: Bool) {
        var site = TestStation()
        site.boot()
        site.set("AuthorizeRemoteTxRequests", authorises ? "true" : "false")
        site.read(1, .b)
        #expect(site.ask(RemoteStartTransactionRequest(connectorId: 1, idTag: "TAG"))?.status == .accepted)
        #expect(site.sent(AuthorizeRequest.self).count == (authorises ? 1 : 0))
        #expect(site.starts.count == (authorises ? 0 : 1))
        guard authorises else { return }
        site.answer(AuthorizeRequest.self, AuthorizeResponse(idTagInfo: IdTagInfo(status: .accepted)))
        #expect(site.starts.map(\.idTag) == ["TAG"])
    }

    @Test("48: a remote start waits for the vehicle as long as a card does")
    func remoteStartTimesOut() {
        var site = TestStation()
        site.boot()
        site.ask(RemoteStartTransactionRequest(connectorId: 1, idTag: "TAG"))
        #expect(site.station.status(of: 1) == .preparing)
        site.pass(.seconds(60))
        #expect(site.station.status(of: 1) == .available)
        #expect(site.starts.isEmpty)
    }

    @Test("49: connector 0, unknown, occupied, faulty and unavailable connectors are Rejected")
    func remoteStartIsRejected() {
        var site = TestStation([1, 2, 3, 4].map { TestStation.box($0) })
        site.boot()
        site.charge(1)
        site.ask(ChangeAvailabilityRequest(connectorId: 2, type: .inoperative))
        site.read(3, .b, fault: BoxFault(.otherError, "broken"))
        site.give(.tag(connector: 4, idTag: "OTHER"))
        for connector in [0, 1, 2, 3, 4, 99] {
            let answer = site.ask(RemoteStartTransactionRequest(connectorId: connector, idTag: "TAG"))
            #expect(answer?.status == .rejected, "connector \(connector)")
        }
        #expect(site.ask(RemoteStartTransactionRequest(idTag: "TAG"))?.status == .rejected)
    }

    @Test("49: without a connector the station takes the one where a vehicle waits, else the first free one")
    func remoteStartFindsAConnector() {
        var site = TestStation([1, 2, 3].map { TestStation.box($0) })
        site.boot()
        site.read(2, .b)
        #expect(site.ask(RemoteStartTransactionRequest(idTag: "ONE"))?.status == .accepted)
        #expect(site.starts.map(\.connectorId) == [2])
        #expect(site.ask(RemoteStartTransactionRequest(idTag: "TWO"))?.status == .accepted)
        site.read(1, .b)
        #expect(site.starts.map(\.connectorId) == [2, 1])
    }

    @Test("49: a vehicle that is still there after its transaction can be started again")
    func remoteStartAfterATransaction() {
        var site = TestStation()
        site.boot()
        site.charge()
        site.give(.stop(connector: 1, .local))
        #expect(site.station.status(of: 1) == .finishing)
        #expect(site.ask(RemoteStartTransactionRequest(connectorId: 1, idTag: "TAG"))?.status == .accepted)
        #expect(site.starts.count == 2)
    }

    @Test("50: a profile that is no TxProfile makes it Rejected")
    func remoteStartTakesTxProfilesOnly() {
        var site = TestStation()
        site.boot()
        let request = RemoteStartTransactionRequest(
            connectorId: 1, idTag: "TAG", chargingProfile: profile(.txDefaultProfile))
        #expect(site.ask(request)?.status == .rejected)
        #expect(site.station.status(of: 1) == .available)
    }

    @Test("50: the TxProfile of a remote start counts from the start on, before and after the id is known")
    func profileOfARemoteStartCounts() {
        var site = TestStation()
        site.boot()
        site.read(1, .b)
        site.ask(RemoteStartTransactionRequest(connectorId: 1, idTag: "TAG", chargingProfile: profile()))
        #expect(site.station.output(of: 1) == ConnectorOutput(mayCharge: true, current: 10))
        site.answerStart(1, .accepted, id: 4242)
        #expect(site.station.output(of: 1)?.current == 10)
        #expect(site.station.profiles.installed.map(\.profile.transactionId) == [4242])
        site.give(.stop(connector: 1, .local))
        #expect(site.station.profiles.installed.isEmpty)
        #expect(site.station.output(of: 1)?.current == 32)
    }

    @Test("51: RemoteStop with an unknown id is Rejected; with the right one the reason is Remote")
    func remoteStop() {
        var site = TestStation()
        site.boot()
        site.charge(id: 42)
        #expect(site.ask(RemoteStopTransactionRequest(transactionId: 43))?.status == .rejected)
        #expect(site.stops.isEmpty)
        #expect(site.ask(RemoteStopTransactionRequest(transactionId: 42))?.status == .accepted)
        #expect(site.stops.map(\.reason) == [.remote])
        #expect(site.ask(RemoteStopTransactionRequest(transactionId: 42))?.status == .rejected)
    }

    @Test(
        "52: a reset stops the transaction with its reason, then the station starts anew",
        arguments: [
            (ResetType.soft, StopReason.softReset), (.hard, .hardReset),
        ])
    func resetStopsFirst(_ type: ResetType, _ reason: StopReason) {
        var site = TestStation()
        site.boot()
        site.charge()
        site.storesAtOnce = false
        site.forgetAll()
        #expect(site.ask(ResetRequest(type: type))?.status == .accepted)
        #expect(site.stops.map(\.reason) == [reason])
        #expect(site.resets.isEmpty)
        site.store(site.queue[0])
        #expect(site.resets == [type])
        site.give(.tag(connector: 2, idTag: "TAG"))
        #expect(site.sent(AuthorizeRequest.self).isEmpty)
    }

    @Test("52: a reset does not wait for ever, and what it left open is stopped with its reason after the start")
    func resetDoesNotWaitForEver() {
        var site = TestStation()
        site.boot()
        site.charge()
        site.storesAtOnce = false
        site.ask(ResetRequest(type: .hard))
        site.pass(.seconds(60))
        #expect(site.resets == [.hard])
        let open = OpenTransaction(id: 1, connector: 1, idTag: "TAG", start: TestStation.start, meterStart: 0)
        var next = TestStation(memory: StationMemory(cause: .reset(.hard), inoperative: [2], transactions: [open]))
        next.boot()
        #expect(next.stops.map(\.reason) == [.hardReset])
        #expect(next.statuses(2) == [.unavailable])
    }

    @Test("53: Unlock: NotSupported for a fixed cable and an unknown connector")
    func unlockNotSupported() {
        var site = TestStation()
        site.boot()
        for connector in [0, 1, 99] {
            #expect(site.ask(UnlockConnectorRequest(connectorId: connector))?.status == .notSupported)
        }
    }

    @Test("53: Unlock stops the transaction with UnlockCommand, and tells what the box did", arguments: [true, false])
    func unlock(_ works: Bool) {
        var site = TestStation([TestStation.box(1, fixedCable: false, canUnlock: true)])
        site.boot()
        site.charge()
        #expect(site.ask(UnlockConnectorRequest(connectorId: 1)) == nil)
        #expect(site.stops.map(\.reason) == [.unlockCommand])
        #expect(site.unlocked == [1])
        site.give(.unlocked(connector: 1, works))
        #expect((site.answers["q"] as? UnlockConnectorResponse)?.status == (works ? .unlocked : .unlockFailed))
    }

    @Test("53: a box that does not say whether it unlocked has not")
    func unlockTimesOut() {
        var site = TestStation([TestStation.box(1, fixedCable: false, canUnlock: true)])
        site.boot()
        site.ask(UnlockConnectorRequest(connectorId: 1))
        site.pass(.seconds(30))
        #expect((site.answers["q"] as? UnlockConnectorResponse)?.status == .unlockFailed)
    }

    @Test("54: Inoperative in a transaction is Scheduled, and Unavailable comes after it")
    func inoperativeIsScheduled() {
        var site = TestStation()
        site.boot()
        site.charge()
        #expect(site.ask(ChangeAvailabilityRequest(connectorId: 1, type: .inoperative))?.status == .scheduled)
        #expect(site.station.status(of: 1) == .charging)
        site.give(.stop(connector: 1, .local))
        #expect(site.station.status(of: 1) == .unavailable)
        #expect(site.ask(ChangeAvailabilityRequest(connectorId: 1, type: .operative))?.status == .accepted)
        #expect(site.station.status(of: 1) == .finishing)
    }

    @Test("54: Operative in a transaction is Accepted")
    func operativeIsNeverScheduled() {
        var site = TestStation()
        site.boot()
        site.charge()
        #expect(site.ask(ChangeAvailabilityRequest(connectorId: 1, type: .operative))?.status == .accepted)
    }

    @Test("54: Inoperative ends the connector's reservation")
    func inoperativeEndsReservations() {
        var site = TestStation()
        site.boot()
        let expiry = TestStation.start.advanced(bySeconds: 600)
        for connector in [1, 2] {
            site.ask(
                ReserveNowRequest(
                    connectorId: connector, expiryDate: expiry, idTag: "TAG", reservationId: connector))
        }
        site.ask(ChangeAvailabilityRequest(connectorId: 1, type: .inoperative))
        #expect(site.station.reservations.all.map(\.reservationId) == [2])
    }

    @Test("54: connector 0 acts on all, and is stored; an unknown connector is Rejected")
    func inoperativeStation() {
        var site = TestStation()
        site.boot()
        site.forgetAll()
        #expect(site.ask(ChangeAvailabilityRequest(connectorId: 0, type: .inoperative))?.status == .accepted)
        #expect(site.statuses(0) == [.unavailable])
        #expect(site.statuses(1) == [.unavailable])
        #expect(site.statuses(2) == [.unavailable])
        let stored = site.stored.compactMap { change -> Set<Int>? in
            if case .inoperative(let numbers) = change { numbers } else { nil }
        }
        #expect(stored == [[0]])
        #expect(site.ask(ChangeAvailabilityRequest(connectorId: 9, type: .inoperative))?.status == .rejected)
        site.ask(ChangeAvailabilityRequest(connectorId: 0, type: .operative))
        #expect(site.station.status(of: 2) == .available)
    }

    @Test("57: a trigger is answered before what it asks for", arguments: MessageTrigger.allCases)
    func triggerAnswersFirst(_ message: MessageTrigger) throws {
        var site = TestStation()
        site.boot()
        site.forgetAll()
        site.ask(TriggerMessageRequest(requestedMessage: message))
        #expect((site.answers["q"] as? TriggerMessageResponse)?.status == .accepted)
        let order = site.effects.compactMap { effect -> String? in
            switch effect {
            case .answer: "answer"
            case .call(let call): type(of: call.request).action.rawValue
            default: nil
            }
        }
        #expect(order.first == "answer")
        #expect(Set(order.dropFirst()) == [message.rawValue])
        #expect(site.calls.allSatisfy { $0.passesGate })
    }

    @Test("57: a triggered boot that is accepted again tells no statuses again")
    func triggeredBootTellsNothingElse() {
        var site = TestStation()
        site.boot()
        site.forgetAll()
        site.ask(TriggerMessageRequest(requestedMessage: .bootNotification))
        site.answerBoot()
        #expect(site.sent(StatusNotificationRequest.self).isEmpty)
    }

    @Test("57: an unknown connector is Rejected, and so are meter values of one that measures nothing")
    func triggerIsRejected() {
        var site = TestStation()
        site.boot()
        site.forgetAll()
        let unknown = TriggerMessageRequest(requestedMessage: .statusNotification, connectorId: 55)
        #expect(site.ask(unknown)?.status == .rejected)
        site.give(.boxLost(connector: 1, reason: "gone"))
        let lost = TriggerMessageRequest(requestedMessage: .meterValues, connectorId: 1)
        #expect(site.ask(lost)?.status == .rejected)
        #expect(site.sent(MeterValuesRequest.self).isEmpty)
    }

    @Test("57: triggered meter values of a transaction belong to it and say Trigger")
    func triggeredMeterValues() {
        var site = TestStation()
        site.boot()
        site.charge()
        site.forgetAll()
        site.ask(TriggerMessageRequest(requestedMessage: .meterValues, connectorId: 1))
        #expect(site.meterValues.map(\.transactionId) == [site.station.transaction(of: 1)?.id])
        #expect(site.meterValues.first?.meterValue.first?.sampledValue.first?.context == .trigger)
    }

    @Test("60: DataTransfer of an unknown vendor, and an unknown message")
    func dataTransfer() {
        var site = TestStation()
        site.boot()
        #expect(site.ask(DataTransferRequest(vendorId: "nobody"))?.status == .unknownVendorId)
        #expect(site.ask(DataTransferRequest(vendorId: "Vendor", messageId: "x"))?.status == .unknownMessageId)
    }
}
