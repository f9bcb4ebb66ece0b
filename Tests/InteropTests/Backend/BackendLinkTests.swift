import Foundation
import Network
import OCPP
import Storage
import Testing

@testable import Host

/// Our end of the connection to a backend, against a central system that we did not write.
@Suite struct BackendLinkTests {
    @Test func thePathCarriesTheEncodedIdAndTheSubprotocolIsAgreed() async throws {
        let central = try await CentralSystem()
        let bench = try await LinkBench(port: central.port)
        let line = try await central.peer.line { $0.contains("\"ev\": \"open\"") }
        let said = CentralSystem.object(line)
        #expect(said["path"] as? String == "/ocpp/SITE%201%23x")
        #expect(said["agent"] as? String == "ocpp1.6")
        await bench.stop()
    }

    @Test func nothingOfTheQueueLeavesBeforeTheBootIsAccepted() async throws {
        let central = try await CentralSystem()
        let bench = try await LinkBench(port: central.port)
        try await bench.charge(1)
        await bench.link.call(1, HeartbeatRequest(), lane: .ordinary)
        try await bench.wait("the connection") { bench.connections == 1 }
        await bench.link.call(
            7, BootNotificationRequest(chargePointVendor: "V", chargePointModel: "M"), lane: .urgent)
        try await bench.wait("the boot's answer") { bench.outcome(7) != nil }
        try await central.wait("BootNotification")
        #expect(central.received.map(\.action) == ["BootNotification"])
        await bench.link.setGate(.open)
        try await bench.wait("delivery") { bench.delivered.count == 3 }
        try await central.wait("StopTransaction")
        #expect(central.received("StartTransaction").count == 1)
        await bench.stop()
    }

    @Test func idsOfTheBackendReplaceOurs() async throws {
        let central = try await CentralSystem()
        let bench = try await LinkBench(port: central.port)
        await bench.link.setGate(.open)
        let local = try await bench.charge(1, minutes: 3)
        let other = try await bench.charge(2)
        try await bench.wait("delivery") { bench.delivered.count == 8 }
        try await central.wait("StopTransaction", 2)
        let starts = central.received("StartTransaction")
        #expect(starts.map { $0["connectorId"] as? Int } == [1, 2])
        #expect(starts[0]["timestamp"] as? String == "2026-05-28T20:26:40Z")
        #expect(central.received("MeterValues").map { $0["transactionId"] as? Int } == [70001, 70001, 70001, 70002])
        #expect(central.received("StopTransaction").map { $0["transactionId"] as? Int } == [70001, 70002])
        #expect(central.received("StopTransaction")[0]["meterStop"] as? Int == 1400)
        #expect(try await bench.storage.transaction(local)?.backendID == 70001)
        #expect(try await bench.storage.transaction(other)?.backendID == 70002)
        #expect(try await bench.waiting == 0)
        await bench.stop()
    }

    @Test func whatWasQueuedOfflineArrivesInOrderWhenTheBackendComesBack() async throws {
        let central = try await CentralSystem()
        let bench = try await LinkBench(port: central.port)
        await bench.link.setGate(.open)
        try await bench.wait("the connection") { bench.connections == 1 }
        try await central.kill()
        try await bench.charge(1, minutes: 2)
        try await bench.charge(2, at: 10)
        let later = try await CentralSystem(port: central.port)
        try await bench.wait("delivery") { bench.delivered.count == 7 }
        try await later.wait("StopTransaction", 2)
        #expect(
            later.received.map(\.action) == [
                "StartTransaction", "MeterValues", "MeterValues", "StopTransaction",
                "StartTransaction", "MeterValues", "StopTransaction",
            ])
        await bench.stop()
    }

    @Test func aStartWhoseAnswerIsLostComesAgainWithTheSameContent() async throws {
        let central = try await CentralSystem()
        try await central.order("{\"do\": \"fault\", \"action\": \"StartTransaction\", \"mode\": \"drop\"}")
        let bench = try await LinkBench(port: central.port)
        await bench.link.setGate(.open)
        try await bench.charge(1)
        try await bench.wait("delivery") { bench.delivered.count == 3 }
        try await central.wait("StopTransaction")
        let starts = central.received("StartTransaction")
        #expect(starts.count == 2)
        #expect(NSDictionary(dictionary: starts[0]).isEqual(to: starts[1]))
        #expect(bench.setAside.isEmpty)
        await bench.stop()
    }

    @Test func aRefusedStartIsTriedAgainAndThenItsWholeTransactionIsKept() async throws {
        let central = try await CentralSystem()
        try await central.order("{\"do\": \"fault\", \"action\": \"StartTransaction\", \"mode\": \"error\", \"n\": 2}")
        let bench = try await LinkBench(port: central.port, rule: AttemptRule(attempts: 2, interval: .seconds(1)))
        await bench.link.setGate(.open)
        let local = try await bench.charge(1)
        try await bench.charge(2)
        try await bench.wait("delivery of the second transaction") { bench.delivered.count == 3 }
        try await central.wait("StopTransaction")
        #expect(central.received("StartTransaction").map { $0["connectorId"] as? Int } == [1, 1, 2])
        #expect(bench.setAside.count == 1)
        #expect(bench.setAside.first?.contains("InternalError") == true)
        #expect(try await bench.storage.undelivered().map(\.transaction) == [local, local, local])
        try await bench.storage.resend(transaction: local)
        await bench.link.wake()
        try await bench.wait("delivery of the first") { bench.delivered.count == 6 }
        try await central.wait("StopTransaction", 2)
        #expect(central.received("StopTransaction").map { $0["transactionId"] as? Int } == [70001, 70002])
        await bench.stop()
    }

    @Test func silenceCountsOnlyWhenAHeartbeatIsAnswered() async throws {
        let central = try await CentralSystem()
        try await central.order("{\"do\": \"fault\", \"action\": \"StartTransaction\", \"mode\": \"silent\", \"n\": 2}")
        let bench = try await LinkBench(
            port: central.port, callTimeout: .seconds(1), rule: AttemptRule(attempts: 5, interval: .zero))
        await bench.link.setGate(.open)
        try await bench.charge(1)
        try await bench.wait("delivery") { bench.delivered.count == 3 }
        try await central.wait("StopTransaction")
        #expect(central.received("StartTransaction").count == 3)
        #expect(central.received("Heartbeat").count >= 2)
        #expect(bench.delivered.first?.counts.attempts == 2)
        #expect(bench.connections == 1)
        // A backend that answers nothing at all is connected to anew, and no attempt is used up.
        try await central.order("{\"do\": \"fault\", \"action\": \"*\", \"mode\": \"silent\", \"n\": 2}")
        try await bench.charge(2)
        try await bench.wait("delivery") { bench.delivered.count == 6 }
        #expect(bench.delivered[3].counts.attempts == 0)
        #expect(bench.connections == 2)
        await bench.stop()
    }

    @Test func threeClosesRightAfterAMessageAreOneAttempt() async throws {
        let central = try await CentralSystem()
        try await central.order("{\"do\": \"fault\", \"action\": \"StopTransaction\", \"mode\": \"drop\", \"n\": 3}")
        let bench = try await LinkBench(port: central.port, rule: AttemptRule(attempts: 1, interval: .seconds(1)))
        await bench.link.setGate(.open)
        try await bench.charge(1)
        try await bench.charge(2)
        try await bench.wait("delivery") { bench.delivered.count == 5 }
        #expect(bench.connections == 4)
        #expect(bench.setAside == ["the backend closed the connection whenever it was sent"])
        #expect(try await bench.storage.undelivered().map(\.kind) == [.stop])
        await bench.stop()
    }

    @Test func aWrongPasswordIsNotHammered() async throws {
        let key = Array("0123456789abcdef".utf8)
        let central = try await CentralSystem(["--user", "SITE", "--password", "00ff10"])
        let wrong = try await LinkBench(
            port: central.port, id: "SITE", credentials: BasicCredentials(user: "SITE", password: key))
        try await wrong.wait("refusals") { wrong.failures.count >= 2 }
        #expect(wrong.failures.allSatisfy { if case .unauthorized = $0 { true } else { false } })
        await wrong.stop()
        let right = try await LinkBench(
            port: central.port, id: "SITE", credentials: BasicCredentials(user: "SITE", password: [0x00, 0xff, 0x10]))
        try await right.wait("the connection") { right.connections == 1 }
        await right.stop()
        var backOff = ReconnectBackOff()
        let waits = (0..<8).map { _ in backOff.wait(isRefusal: true, chance: 0) }
        #expect(waits == [15, 30, 60, 120, 240, 450, 450, 450].map { Duration.seconds($0) })
    }

    @Test func callsOfTheBackendAreAnsweredWhileOursWaits() async throws {
        let central = try await CentralSystem()
        try await central.order(
            "{\"do\": \"fault\", \"action\": \"StatusNotification\", \"mode\": \"silent\", \"n\": 1}")
        let bench = try await LinkBench(port: central.port)
        await bench.link.setGate(.open)
        try await bench.wait("the connection") { bench.connections == 1 }
        await bench.link.call(
            1, StatusNotificationRequest(connectorId: 0, errorCode: .noError, status: .available), lane: .ordinary)
        try await central.wait("StatusNotification")
        let answering = Task {
            for _ in 0..<12_000 {
                for case .request(let call) in bench.events {
                    await bench.link.answer(call.id, .success(["status": .string("Accepted")]))
                    return
                }
                try await Task.sleep(for: .milliseconds(5))
            }
        }
        let answer = try await central.call("ClearCache", "{}")
        #expect(answer["status"] as? String == "Accepted")
        try await answering.value
        #expect(bench.outcome(1) == nil)
        await bench.stop()
    }

    /// The pace is printed: on an idle machine 300 a second are the target.
    @Test(.timeLimit(.minutes(10))) func thousandsOfMessagesDrainInOneGo() async throws {
        let days = 20
        let central = try await CentralSystem(["--quiet"])
        let bench = try await LinkBench(port: central.port)
        for day in 0..<days { try await bench.charge(1, at: day * 86_400, minutes: 498) }
        #expect(try await bench.waiting == days * 500)
        let took = try await ContinuousClock().measure {
            await bench.link.setGate(.open)
            await bench.link.call(
                1, StatusNotificationRequest(connectorId: 0, errorCode: .noError, status: .available), lane: .ordinary)
            try await bench.wait("delivery", for: 500) { try await bench.waiting == 0 }
        }
        print("\(days * 500) queued messages: \(Int(Double(days * 500) / (took / .seconds(1)))) a second")
        let counts = try await central.counts()
        #expect(counts["StartTransaction"] == days && counts["StopTransaction"] == days)
        #expect(counts["MeterValues"] == days * 498)
        #expect(counts["StatusNotification"] == 1)
        await bench.stop()
    }
}
