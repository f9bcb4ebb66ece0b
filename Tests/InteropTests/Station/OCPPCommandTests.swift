import Foundation
import Testing

/// What a person does about OCPP by command.
@Suite struct OCPPCommandTests {
    private static let secret = ["secret", "set", "backend", "--from", "-"]

    private static func run(_ site: ChargingSite, _ words: [String], input: String = "") async throws -> Peer {
        let peer = try Programs.chargehost(["ocpp"] + words + ["--data", site.site.folder.path + "/data"])
        if !input.isEmpty { peer.send(input) }
        peer.closeInput()
        _ = try await peer.end()
        return peer
    }

    @Test(.timeLimit(.minutes(4))) func thePasswordIsSetByCommandAndChangedByTheBackend() async throws {
        let old = "000102030405060708090a0b0c0d0e0f"
        let new = "f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff"
        let central = try await CentralSystem(["--user", "NORD-1", "--password", old])
        let site = try await ChargingSite(central, more: "security_profile: 1")
        try await site.site.log("data in")
        try await site.site.log("set it with 'chargehost ocpp secret set")
        #expect(try await Self.run(site, Self.secret, input: "short").process.terminationStatus == 2)
        #expect(try await Self.run(site, Self.secret, input: old).process.terminationStatus == 0)
        try await central.wait("BootNotification")
        try await central.order("{\"do\": \"password\", \"hex\": \"\(new)\"}")
        let answer = try await central.call(
            "ChangeConfiguration", "{\"key\": \"AuthorizationKey\", \"value\": \"\(new)\"}")
        #expect(answer["status"] as? String == "Accepted")
        try await site.site.log("disconnected")
        let opened = { central.peer.lines.count { $0.contains("\"ev\": \"open\"") } }
        for _ in 0..<3000 where opened() < 2 { try await Task.sleep(for: .milliseconds(10)) }
        #expect(opened() == 2)
        // One that is refused is taken back: the backend goes on with the old one.
        let refused = try await central.call(
            "ChangeConfiguration", "{\"key\": \"AuthorizationKey\", \"value\": \"\(old)\"}")
        #expect(refused["status"] as? String == "Accepted")
        for _ in 0..<3000 where opened() < 3 { try await Task.sleep(for: .milliseconds(10)) }
        #expect(opened() == 3)
        #expect(central.peer.lines.count { $0.contains("\"ev\": \"refused\"") } >= 1)
        try await site.end()
    }

    @Test(.timeLimit(.minutes(4))) func whatCouldNotBeDeliveredIsShownAndSentAgain() async throws {
        let central = try await CentralSystem()
        let site = try await ChargingSite(central)
        try await central.wait("StatusNotification") {
            $0["connectorId"] as? Int == 1 && $0["status"] as? String == "Available"
        }
        for (key, value) in [("TransactionMessageAttempts", "1"), ("FreeCharging", "true")] {
            _ = try await central.call("ChangeConfiguration", "{\"key\": \"\(key)\", \"value\": \"\(value)\"}")
        }
        try await central.order("{\"do\": \"fault\", \"action\": \"StartTransaction\", \"mode\": \"error\"}")
        try await site.set(0, 8092, 1)
        try await site.wait(0, allowed: true)
        try await site.set(0, 8092, 0)
        try await site.wait(0, allowed: false)
        try await site.site.log("is kept undelivered")
        var shown = try await Self.run(site, ["queue"])
        for _ in 0..<50 where !shown.lines.contains(where: { $0.contains("StopTransaction") }) {
            shown = try await Self.run(site, ["queue"])
        }
        #expect(shown.process.terminationStatus == 1)
        #expect(shown.lines.contains { $0.contains("StartTransaction") && $0.contains("InternalError") })
        #expect(central.received("StopTransaction").isEmpty)
        #expect(try await Self.run(site, ["resend"]).process.terminationStatus == 0)
        try await central.wait("StopTransaction")
        #expect(central.received("StartTransaction").count == 2)
        let after = try await Self.run(site, ["queue"])
        #expect(!after.lines.contains { $0.contains("StartTransaction") })
        try await site.end()
    }
}
