import Foundation
import Testing

/// An OCPP box that we did not write below a site, and a backend that we did not write above it.
@Suite struct SlaveSiteTests {
    private static func site(_ central: CentralSystem) async throws -> RunningSite {
        try await RunningSite(
            """
            schema: site/1
            name: Above
            supply: {limit: 63 A}
            devices:
              - {id: yard, address: "ocpp://BOX7/2", options: {rated_current: 16 A}, connector: 3}
            ocpp:
              backend: {url: "ws://127.0.0.1:\(central.port)/ocpp", id: NORD-1, security_profile: 0}
              slaves: {json: "127.0.0.1:0", security_profile: 0}
            """)
    }

    private static func box(_ site: RunningSite) async throws -> Peer {
        let port = try await site.port("slaves connect at")
        return try Programs.python("ocpp_charge_point.py", ["ws://127.0.0.1:\(port)", "BOX7"])
    }

    private static func ask(_ box: Peer, _ order: String) async throws -> String {
        let start = box.lines.count
        box.send(order)
        return try await box.line(from: start) { $0.hasPrefix("{\"answer\"") || $0.hasPrefix("{\"error\"") }
    }

    @Test(.timeLimit(.minutes(4))) func aBoxOfAnotherMakeIsAConnectorWithItsNumberAndIds() async throws {
        let central = try await CentralSystem()
        let site = try await Self.site(central)
        let box = try await Self.box(site)
        try await box.line { $0.hasPrefix("{\"booted\": \"Accepted\"") }
        try await central.wait("StatusNotification") {
            $0["connectorId"] as? Int == 3 && $0["status"] as? String == "Available"
        }
        let started = try await central.call("RemoteStartTransaction", "{\"connectorId\": 3, \"idTag\": \"CARD\"}")
        #expect(started["status"] as? String == "Accepted")
        let start = try await central.wait("StartTransaction")
        #expect(start["connectorId"] as? Int == 3 && start["meterStart"] as? Int == 1000)
        try await central.wait("StatusNotification") {
            $0["connectorId"] as? Int == 3 && $0["status"] as? String == "Charging"
        }
        let stopped = try await central.call("RemoteStopTransaction", "{\"transactionId\": 70001}")
        #expect(stopped["status"] as? String == "Accepted")
        let stop = try await central.wait("StopTransaction")
        #expect(stop["transactionId"] as? Int == 70001 && stop["meterStop"] as? Int == 2000)
        try await box.stop(SIGKILL)
        try await central.wait("StatusNotification") {
            $0["connectorId"] as? Int == 3 && $0["status"] as? String == "Unavailable"
        }
        try await site.host.stop()
    }

    @Test(.timeLimit(.minutes(4))) func aSlavesTransactionIsKeptWhileTheBackendIsAway() async throws {
        let central = try await CentralSystem()
        try await central.order("{\"do\": \"tag\", \"tag\": \"BAD\", \"status\": \"Blocked\"}")
        let site = try await Self.site(central)
        let box = try await Self.box(site)
        try await box.line { $0.hasPrefix("{\"booted\": \"Accepted\"") }
        try await central.wait("StatusNotification") { $0["connectorId"] as? Int == 3 }
        #expect(try await Self.ask(box, #"{"call": "Authorize", "p": {"idTag": "BAD"}}"#).contains("Blocked"))
        #expect(try await Self.ask(box, #"{"call": "Authorize", "p": {"idTag": "GOOD"}}"#).contains("Accepted"))
        try await central.kill()
        let start =
            #"{"call": "StartTransaction", "p": {"connectorId": 2, "idTag": "GOOD", "meterStart": 5, "timestamp": "2026-11-01T10:00:00Z"}}"#
        let first = try await Self.ask(box, start)
        let id = try #require(
            (CentralSystem.object(first)["answer"] as? [String: Any])?["transaction_id"] as? Int)
        // A repeat is known, also by a host that was killed after the first one.
        try await site.kill()
        try site.start()
        let again = try await Self.box(site)
        try await again.line { $0.hasPrefix("{\"booted\": \"Accepted\"") }
        #expect(try await Self.ask(again, start) == first)
        let stop =
            #"{"call": "StopTransaction", "p": {"meterStop": 905, "timestamp": "2026-11-01T11:00:00Z", "transactionId": ID}}"#
        _ = try await Self.ask(again, stop.replacing("ID", with: "\(id)"))
        let later = try await CentralSystem(port: central.port)
        let begun = try await later.wait("StartTransaction")
        let ended = try await later.wait("StopTransaction")
        #expect(begun["connectorId"] as? Int == 3 && begun["timestamp"] as? String == "2026-11-01T10:00:00Z")
        #expect(ended["transactionId"] as? Int == 70001 && ended["meterStop"] as? Int == 905)
        #expect(later.received("StartTransaction").count == 1)
        try await site.host.stop()
    }
}
