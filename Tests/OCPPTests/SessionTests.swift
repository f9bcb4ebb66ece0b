import Testing

@testable import OCPP

@Suite struct SessionTests {
    private func id(_ frame: Frame?) -> String { frame?.id ?? "none" }

    private func action(_ frame: Frame?) -> String? {
        guard case .call(_, let action, _)? = frame else { return nil }
        return action
    }

    private let meterValues = MeterValuesRequest(connectorId: 1, transactionId: 5, meterValue: [])

    /// Behaviour 4.
    @Test func oneCallIsOutUntilItsResultErrorOrTimeout() {
        var session = Session()
        let tickets = (0..<4).map { _ in session.enqueue(HeartbeatRequest()) }
        let first = session.nextCall(at: .zero)
        #expect(first != nil)
        #expect(session.nextCall(at: .seconds(1)) == nil)
        let payload: JSONObject = ["currentTime": .string("2026-11-21T08:30:00Z")]
        #expect(
            session.receive(.result(id: id(first), payload: payload), at: .seconds(1))
                == [.outcome(tickets[0], .answered(payload))])
        let second = session.nextCall(at: .seconds(2))
        #expect(session.nextCall(at: .seconds(2)) == nil)
        let error = CallError(.internalError, "x")
        #expect(
            session.receive(.error(id: id(second), error), at: .seconds(2)) == [.outcome(tickets[1], .refused(error))])
        #expect(session.nextCall(at: .seconds(3)) != nil)
        #expect(session.deadline == .seconds(33))
        #expect(session.expire(at: .milliseconds(32_999)) == [])
        #expect(session.expire(at: .seconds(33)) == [.outcome(tickets[2], .timedOut)])
        #expect(session.deadline == nil)
        #expect(session.nextCall(at: .seconds(33)) != nil)
        #expect(session.waitingCount == 0)
    }

    /// Behaviour 5.
    @Test func anIncomingCallIsAnsweredWhileOursIsOut() {
        var session = Session()
        session.enqueue(HeartbeatRequest())
        let ours = session.nextCall(at: .zero)
        // The other side counts its ids too: both directions may use the same one.
        let events = session.receive(.call(id: id(ours), action: "ClearCache", payload: [:]), at: .zero)
        #expect(events == [.call(IncomingCall(id: id(ours), action: "ClearCache", payload: [:]))])
        #expect(session.actionOfOpenCall(id(ours)) == .clearCache)
        #expect(session.actionOfOutstandingCall(id(ours)) == .heartbeat)
        let answer: JSONObject = ["status": .string("Accepted")]
        #expect(session.answer(id(ours), with: .success(answer), at: .zero) == .result(id: id(ours), payload: answer))
        #expect(session.answer(id(ours), with: .success(answer), at: .zero) == nil)
        #expect(session.outstandingAction == .heartbeat)
    }

    /// Behaviour 6.
    @Test func lateDoubledAndUnknownAnswersChangeNothing() {
        var session = Session()
        session.enqueue(meterValues)
        let second = session.enqueue(HeartbeatRequest())
        let timedOut = session.nextCall(at: .zero)
        _ = session.expire(at: .seconds(30))
        let next = session.nextCall(at: .seconds(30))
        #expect(
            session.receive(.result(id: id(timedOut), payload: [:]), at: .seconds(31))
                == [.ignored(.lateAnswer(id: id(timedOut), .meterValues))])
        #expect(
            session.receive(.error(id: id(timedOut), CallError(.genericError)), at: .seconds(31))
                == [.ignored(.repeatedAnswer(id: id(timedOut), .meterValues))])
        #expect(
            session.receive(.result(id: "other", payload: [:]), at: .seconds(31)) == [
                .ignored(.unknownAnswer(id: "other"))
            ])
        #expect(session.outstandingAction == .heartbeat)
        #expect(
            session.receive(.result(id: id(next), payload: [:]), at: .seconds(32)) == [.outcome(second, .answered([:]))]
        )
        #expect(
            session.receive(.result(id: id(next), payload: [:]), at: .seconds(32))
                == [.ignored(.repeatedAnswer(id: id(next), .heartbeat))])
    }

    /// Behaviour 7.
    @Test func idsAreUniqueAndShortAndARepeatedMessageHasANewOne() {
        var session = Session(firstId: .max - 20)
        var ids: Set<String> = []
        for number in 0..<20 {
            session.enqueue(meterValues, first: true)
            let frame = session.nextCall(at: .seconds(number))
            #expect(ids.insert(id(frame)).inserted)
            #expect(id(frame).count <= 36)
            _ = session.receive(.error(id: id(frame), CallError(.genericError)), at: .seconds(number))
        }
    }

    /// Behaviour 43, the second half.
    @Test func transactionMessagesKeepTheirOrderAndStarveNobody() {
        var session = Session()
        for number in 0..<100 {
            session.enqueue(MeterValuesRequest(connectorId: number, meterValue: []))
        }
        session.enqueue(HeartbeatRequest())
        session.enqueue(StatusNotificationRequest(connectorId: 1, errorCode: .noError, status: .available))
        var actions: [String] = []
        var connectors: [JSONValue?] = []
        while let frame = session.nextCall(at: .zero) {
            guard case .call(_, let action, let payload) = frame else { break }
            actions.append(action)
            if action == "MeterValues" { connectors.append(payload["connectorId"]) }
            _ = session.receive(.result(id: frame.id, payload: [:]), at: .zero)
        }
        #expect(actions.firstIndex(of: "Heartbeat").map { $0 <= 1 } == true)
        #expect(actions.firstIndex(of: "StatusNotification").map { $0 <= 3 } == true)
        #expect(connectors == (0..<100).map { .number(JSONNumber($0)) })
    }

    @Test func ordinaryCallsDoNotStarveTransactionsAndUrgentOnesNobody() {
        var session = Session()
        for _ in 0..<50 {
            session.enqueue(AuthorizeRequest(idTag: "x"), lane: .urgent)
            session.enqueue(HeartbeatRequest())
        }
        session.enqueue(meterValues)
        var actions: [String] = []
        while let frame = session.nextCall(at: .zero) {
            actions.append(action(frame) ?? "")
            _ = session.receive(.result(id: frame.id, payload: [:]), at: .zero)
        }
        #expect(actions.prefix(4) == ["Authorize", "Authorize", "Authorize", "Authorize"])
        #expect(actions.firstIndex(of: "MeterValues").map { $0 < 10 } == true)
        #expect(actions.firstIndex(of: "Heartbeat").map { $0 < 10 } == true)
    }

    @Test func aRepeatedTransactionMessageGoesBeforeLaterOnes() {
        var session = Session()
        let start = StartTransactionRequest(
            connectorId: 1, idTag: "x", meterStart: 0, timestamp: Timestamp(seconds: 0))
        session.enqueue(start)
        session.enqueue(meterValues)
        let first = session.nextCall(at: .zero)
        _ = session.receive(.error(id: id(first), CallError(.internalError)), at: .zero)
        session.enqueue(start, first: true)
        let again = session.nextCall(at: .zero)
        guard case .call(let firstId, _, let payload)? = first, case .call(let secondId, _, let repeated)? = again
        else {
            Issue.record("no calls")
            return
        }
        #expect(payload == repeated)
        #expect(firstId != secondId)
    }

    /// Behaviours 16, 17 and 47.
    @Test func beforeTheBootIsAcceptedOnlyItAndWhatWasTriggeredGoOut() {
        var session = Session(gate: .bootOnly)
        session.enqueue(meterValues)
        session.enqueue(HeartbeatRequest())
        #expect(session.nextCall(at: .zero) == nil)
        session.enqueue(
            StatusNotificationRequest(connectorId: 0, errorCode: .noError, status: .available), passesGate: true)
        session.enqueue(BootNotificationRequest(chargePointVendor: "a", chargePointModel: "b"), lane: .urgent)
        let boot = session.nextCall(at: .zero)
        #expect(action(boot) == "BootNotification")
        _ = session.receive(.result(id: id(boot), payload: [:]), at: .zero)
        let status = session.nextCall(at: .zero)
        #expect(action(status) == "StatusNotification")
        _ = session.receive(.result(id: id(status), payload: [:]), at: .zero)
        #expect(session.nextCall(at: .zero) == nil)
        session.gate = .open
        #expect(session.nextCall(at: .zero) != nil)
    }

    @Test func aCallThatComesTwiceIsDoneOnce() {
        var session = Session()
        let call = Frame.call(id: "7", action: "RemoteStartTransaction", payload: ["idTag": .string("x")])
        let taken = session.receive(call, at: .zero)
        #expect(taken.count == 1)
        #expect(session.receive(call, at: .zero) == [.ignored(.repeatedCall(id: "7"))])
        let answer = session.answer("7", with: .success(["status": .string("Accepted")]), at: .seconds(1))
        #expect(
            session.receive(call, at: .seconds(2)) == [answer.map { .send($0) }, .ignored(.answeredAgain(id: "7"))])
        // Another content, or a long time later: a charge point that uses one id for everything.
        let other = Frame.call(id: "7", action: "RemoteStartTransaction", payload: ["idTag": .string("y")])
        let third = session.receive(other, at: .seconds(3))
        guard case .call? = third.first else {
            Issue.record("another call was not taken")
            return
        }
        _ = session.answer("7", with: .success([:]), at: .seconds(3))
        let fourth = session.receive(other, at: .seconds(64))
        guard case .call? = fourth.first else {
            Issue.record("a call after the window was not taken")
            return
        }
    }

    @Test func theTimeIsNeverAnsweredFromMemory() {
        var session = Session()
        let heartbeat = Frame.call(id: "1", action: "Heartbeat", payload: [:])
        for second in 0..<3 {
            #expect(
                session.receive(heartbeat, at: .seconds(second)) == [
                    .call(IncomingCall(id: "1", action: "Heartbeat", payload: [:]))
                ])
            #expect(session.answer("1", with: .success([:]), at: .seconds(second)) != nil)
        }
    }

    @Test func tooManyCallsAtOnceAreAnsweredWithAnError() {
        var session = Session(settings: .init(maximumOpenCalls: 2))
        for number in 1...2 {
            let taken = session.receive(.call(id: String(number), action: "Heartbeat", payload: [:]), at: .zero)
            #expect(taken.count == 1)
        }
        let events = session.receive(.call(id: "3", action: "Heartbeat", payload: [:]), at: .zero)
        #expect(events.last == .ignored(.tooManyCalls(id: "3")))
        guard case .send(.error("3", _))? = events.first else {
            Issue.record("no error was sent")
            return
        }
    }

    @Test func theEndOfTheConnectionTellsWhatWasSentAndWhatNot() {
        var session = Session()
        let tickets = [
            session.enqueue(HeartbeatRequest()), session.enqueue(meterValues), session.enqueue(HeartbeatRequest()),
        ]
        let sent = session.nextCall(at: .zero)
        #expect(action(sent) == "MeterValues")
        let (taken, isOut) = (session.cancel(tickets[2]), session.cancel(tickets[1]))
        #expect(taken)
        #expect(!isOut)
        #expect(
            session.close() == [
                .outcome(tickets[1], .closed(wasSent: true)), .outcome(tickets[0], .closed(wasSent: false)),
            ])
        #expect(session.nextCall(at: .zero) == nil)
        #expect(session.close() == [])
    }

    /// Behaviour 13.
    @Test func anAnswerIsTakenWithPropertiesThatNobodyKnows() throws {
        let payload: JSONObject = ["currentTime": .string("2026-11-21T08:30:00Z"), "vendor": .array([.null])]
        let response = try #require(Outcome.answered(payload).response(to: HeartbeatRequest.self)).get()
        #expect(response.currentTime == Timestamp(seconds: 1_795_249_800))
        #expect(
            Outcome.answered([:]).response(to: HeartbeatRequest.self)
                == .failure(Violation(path: "currentTime", fault: .missing)))
        #expect(Outcome.timedOut.response(to: HeartbeatRequest.self) == nil)
    }
}
