import Foundation
import Storage
import Testing

@testable import Host

@Suite struct StoredQueueTests {
    @Test func theQueueShowsWhatWaitsWhatIsOpenAndWhatFailed() async throws {
        let site = try await StoredSite()
        let told = try await site.run("ocpp", "queue")
        #expect(told.status == 1, "something is undelivered")
        #expect(told.output.contains("wss://csms.example/ocpp as NORD 1: 2 wait"))
        #expect(told.output.contains("2 undelivered"))
        #expect(told.output.contains("StartTransaction, StopTransaction"))
        #expect(told.output.contains("the backend refused it: FormationViolation"))
        let queue = try document(try await site.run("ocpp", "queue", "--json").output, QueueDocument.self)
        #expect(queue.open.map(\.transaction) == [site.open])
        #expect(queue.open.map(\.energy_wh) == [700])
        #expect(queue.undelivered.map(\.transaction) == [site.refused])
        #expect(queue.queues.map(\.waiting) == [2])
    }

    @Test func whatIsSentAgainIsInTheQueueAndTheQueueIsFine() async throws {
        let site = try await StoredSite()
        let told = try await site.run("ocpp", "resend", "--json")
        #expect(told.status == 0, "\(told.errors)")
        #expect(try document(told.output, OCPPOrders.Resent.self).messages == 2)
        #expect(try await site.run("ocpp", "queue").status == 0)
        let storage = try await site.storage()
        let kinds = try await storage.waiting(for: StoredSite.backend, first: 10).map(\.kind)
        #expect(kinds == [.start, .meterValues, .start, .stop])
        #expect(try await site.run("ocpp", "resend").output == "nothing could be sent again")
    }

    @Test func oneTransactionIsSentAgainByItsID() async throws {
        let site = try await StoredSite()
        #expect(try await site.run("ocpp", "resend", "\(site.refused)").output == "2 messages for the next host")
        #expect(try await site.run("ocpp", "resend", "1").status == 2)
        #expect(try await site.run("ocpp", "resend", "all").status == 2)
    }

    @Test func aStopOfNothingStaysAndIsSaidSo() async throws {
        let site = try await StoredSite()
        let storage = try await SiteStorage(path: site.folder.path + "/data/chargehost.sqlite")
        let queue = try await storage.transactionQueue(for: StoredSite.backend, limits: QueueLimits(ballast: 0))
        try await queue.append(
            .stop(
                TransactionStop(
                    box: "gone", connector: 9, transaction: -1, at: StoredSite.noon, meterStop: 5, reason: nil,
                    payload: { _ in Array("{}".utf8) })))
        await storage.close()
        let told = try await site.run("ocpp", "resend")
        #expect(told.status == 1)
        #expect(told.errors.contains("1 belong to no transaction"))
    }

    @Test func aClosedTransactionEndsAtItsLastMeterValueAndOnlyOnce() async throws {
        let site = try await StoredSite()
        let told = try await site.run("ocpp", "close", "\(site.open)")
        #expect(told.status == 0, "\(told.errors)")
        #expect(told.output == "north: transaction \(site.open) ended at 2026-08-01T14:10:00Z with 0.700 kWh")
        let storage = try await site.storage()
        let last = try #require(try await storage.waiting(for: StoredSite.backend, first: 10).last)
        let sent = try JSONSerialization.jsonObject(with: Data(last.payload)) as? [String: Any]
        #expect(sent?["meterStop"] as? Int == 1700)
        #expect(sent?["reason"] as? String == "Other")
        #expect((sent?["timestamp"] as? String)?.hasPrefix("2026-08-01T14:10:00") == true)
        await storage.close()
        #expect(try await site.run("ocpp", "close", "\(site.open)").status == 4)
        #expect(try await site.run("ocpp", "close", "1").status == 2)
        #expect(try await site.run("ocpp", "close").status == 2)
    }

    @Test func aRunningHostSendsAgainWhatItIsTold() async throws {
        let backend = try await CentralSystem()
        let url = "ws://127.0.0.1:\(backend.port)/ocpp"
        let site = try await StoredSite(Backend(url: url, chargePoint: "NORD-1"))
        let file = site.folder.path + "/site.yaml"
        try """
        schema: site/1
        name: Two slaves that are away
        supply: {limit: 32 A}
        ocpp:
          backend: {url: "\(url)", id: "NORD-1", security_profile: 0}
        http: {listen: []}

        """.write(toFile: file, atomically: true, encoding: .utf8)
        let data = site.folder.path + "/data"
        let host = try Programs.chargehost(["run", "--site", file, "--data", data, "--quiet"])
        do {
            try await backend.wait("StartTransaction") { $0["connectorId"] as? Int == 2 }
        } catch {
            throw Peer.Failure(description: "\(error)\nthe host: \(host.errorText)")
        }
        #expect(backend.received("StartTransaction").count == 1, "what was refused waits for its order")

        let resent = try await site.run("ocpp", "resend")
        #expect(resent.status == 0 && resent.output.hasPrefix("2 messages sent again"), "\(resent.errors)")
        try await backend.wait("StartTransaction") { $0["connectorId"] as? Int == 3 }
        try await backend.wait("StopTransaction") { $0["meterStop"] as? Int == 3000 }

        // The box of the open one is no longer part of the site, so the host has ended it by itself.
        try await backend.wait("StopTransaction") { $0["meterStop"] as? Int == 1700 }
        let closed = try await site.run("ocpp", "close", "\(site.open)")
        #expect(closed.status == 4 && closed.errors.contains("there is nothing to close"), "\(closed.errors)")
        #expect(try await host.stop() == 0)
        #expect(try await site.run("ocpp", "queue").output == "nothing waits for a backend")
    }

    @Test func theKeysArePrintedForPeopleAndPrograms() async throws {
        let told = try await Programs.run(["ocpp", "keys"])
        #expect(told.status == 0)
        #expect(told.output.contains("ConnectorPhaseRotation"))
        let keys = try document(try await Programs.run(["ocpp", "keys", "--json"]).output, [KeyDocument].self)
        let rotation = try #require(keys.first { $0.name == "ConnectorPhaseRotation" })
        #expect(rotation.scope == "Individual" && rotation.access == "R/W" && rotation.default == "RST")
        #expect(keys.first { $0.name == "WebSocketPingInterval" }?.reboot == true)
        #expect(keys.first { $0.name == "OperatorCurrentLimit" }?.standard == false)
        #expect(try await Programs.run(["ocpp", "keys", "NoSuchKey"]).status == 1)
        #expect(try await Programs.run(["ocpp", "keys", "websocket"]).output.contains("0…65535"))
    }

    @Test func everyCommandExplainsItselfWithAnExample() async throws {
        for words in [
            ["ocpp", "queue"], ["ocpp", "resend"], ["ocpp", "close"], ["ocpp", "keys"], ["ocpp", "secret", "set"],
        ] {
            let told = try await Programs.run(words + ["--help"])
            #expect(told.status == 0)
            #expect(told.output.contains("example: chargehost \(words.joined(separator: " "))"))
        }
        let group = try await Programs.run(["ocpp"])
        #expect(group.status == 2 && group.errors.contains("ocpp resend"))
    }
}
